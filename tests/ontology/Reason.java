import java.io.File;
import org.semanticweb.HermiT.Configuration;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.profiles.Profiles;

/** Prints one line per argument: profile=FILE says whether it is OWL 2 DL, reason=FILE whether HermiT finds it consistent. */
public class Reason {
    public static void main(String[] arguments) throws Exception {
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            OWLOntology ontology = OWLManager.createOWLOntologyManager()
                    .loadOntologyFromOntologyDocument(new File(parts[1]));
            if (parts[0].equals("profile")) {
                OWLProfileReport report = Profiles.OWL2_DL.checkOntology(ontology);
                System.out.println(report.isInProfile() ? "dl" : "not dl: " + report.getViolations());
            } else {
                // Dates are not in the datatype map of OWL 2; the reasoner takes them as they are.
                Configuration configuration = new Configuration();
                configuration.ignoreUnsupportedDatatypes = true;
                System.out.println(new Reasoner(configuration, ontology).isConsistent() ? "consistent" : "inconsistent");
            }
        }
    }
}
