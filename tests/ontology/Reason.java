import java.io.File;
import java.util.Arrays;
import org.semanticweb.HermiT.Configuration;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClassExpression;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.profiles.Profiles;

/** Says of each ontology file whether it is in OWL 2 DL ("profile FILE") or consistent under HermiT ("reason FILE"). */
public class Reason {
    public static void main(String[] arguments) throws Exception {
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            OWLOntology ontology = OWLManager.createOWLOntologyManager()
                    .loadOntologyFromOntologyDocument(new File(parts[1]));
            if (parts[0].equals("profile")) {
                OWLProfileReport report = Profiles.OWL2_DL.checkOntology(ontology);
                System.out.println(report.isInProfile() ? "dl" : "not-dl");
                report.getViolations().forEach(violation -> System.out.println("    " + violation));
            } else {
                Configuration configuration = new Configuration();
                configuration.ignoreUnsupportedDatatypes = true;
                Reasoner reasoner = new Reasoner(configuration, ontology);
                boolean consistent = reasoner.isConsistent();
                System.out.println(consistent ? "consistent" : "inconsistent");
                if (consistent) {
                    ontology.classesInSignature()
                            .filter(name -> name.getIRI().getNamespace().equals("https://w3id.org/rzgraph/ns#"))
                            .filter(name -> !reasoner.isSatisfiable(name))
                            .forEach(name -> System.out.println("    impossible " + name));
                }
            }
        }
    }
}
