# RDF Data Cube, normalisation, phase 2: what is attached higher up goes to each observation.
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?obs ?comp ?value } WHERE {
  ?spec qb:componentProperty ?comp ;
    qb:componentAttachment qb:DataSet .
  ?dataset qb:structure [ qb:component ?spec ] ;
    ?comp ?value .
  ?obs qb:dataSet ?dataset .
} ;
INSERT { ?obs ?comp ?value } WHERE {
  ?spec qb:componentProperty ?comp ;
    qb:componentAttachment qb:Slice .
  ?dataset qb:structure [ qb:component ?spec ] ;
    qb:slice ?slice .
  ?slice ?comp ?value ;
    qb:observation ?obs .
} ;
INSERT { ?obs ?comp ?value } WHERE {
  ?spec qb:componentProperty ?comp .
  ?comp a qb:DimensionProperty .
  ?dataset qb:structure [ qb:component ?spec ] ;
    qb:slice ?slice .
  ?slice ?comp ?value ;
    qb:observation ?obs .
}
