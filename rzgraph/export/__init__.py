"""Everything a user takes away: tables, a workbook, RDF, networks."""
