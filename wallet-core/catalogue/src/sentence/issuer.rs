use super::Sentence;

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "element-missing"
        fr "Il manque un renseignement obligatoire, donc le document n’a pas été délivré."
           "Ajoutez-le aux données, puis recommencez."
        en "A mandatory element is missing, so the document was not issued."
           "Add it to the data, then start again.";
    "issuing-country-mismatch"
        fr "Le pays inscrit au document n’est pas celui du certificat qui le signe, donc le document n’a pas été délivré."
           "Corrigez le pays, ou signez avec le certificat de ce pays."
        en "The country in the document is not that of the certificate that signs it, so the document was not issued."
           "Correct the country, or sign with that country’s certificate.";
    "issuing-jurisdiction-mismatch"
        fr "La province inscrite au document n’est pas celle du certificat qui le signe, donc le document n’a pas été délivré."
           "Corrigez la province, ou signez avec le certificat de cette province."
        en "The province in the document is not that of the certificate that signs it, so the document was not issued."
           "Correct the province, or sign with that province’s certificate.";
    "device-key-repeated"
        fr "Deux documents devaient recevoir la même clé, ce qui permettrait de suivre la personne d’une présentation à l’autre."
           "Créez une clé différente pour chaque document."
        en "Two documents were to have the same key, which would let the person be followed from one presentation to another."
           "Create a different key for each document.";
    "issue-expiry-passed"
        fr "La date d’expiration inscrite aux données est passée, donc le document n’a pas été délivré."
           "Corrigez la date, puis recommencez."
        en "The expiry date in the data has passed, so the document was not issued."
           "Correct the date, then start again.";
    "issue-date-in-future"
        fr "La date de délivrance ou de naissance inscrite aux données est dans l’avenir, donc le document n’a pas été délivré."
           "Corrigez la date, puis recommencez."
        en "The date of issue or of birth in the data is in the future, so the document was not issued."
           "Correct the date, then start again.";
    "issue-ages-contradict"
        fr "Les âges inscrits aux données se contredisent ou ne vont pas avec la date de naissance, donc le document n’a pas été délivré."
           "Calculez de nouveau les âges à partir de la date de naissance, puis recommencez."
        en "The ages in the data contradict each other or do not go with the date of birth, so the document was not issued."
           "Work the ages out again from the date of birth, then start again.";
    "issue-nothing-in-force"
        fr "Rien de ce que le document permettrait n’est en vigueur, donc il n’a pas été délivré."
           "Corrigez les dates de chaque permission, puis recommencez."
        en "Nothing that the document would permit is in force, so it was not issued."
           "Correct the dates of each permission, then start again.";
    "validity-outlives-expiry"
        fr "La signature reste valide après la date d’expiration inscrite au document\u{a0}: les vérificateurs le refuseront dès cette date."
           "Délivrez-le pour moins de jours."
        en "The signature stays valid after the expiry date in the document: verifiers will refuse it from that date."
           "Issue it for fewer days.";
    "issue-reserved-to-another-territory"
        fr "Ce type de document est réservé au Québec, et le certificat qui signe n’est pas du Québec, donc le document n’a pas été délivré."
           "Signez avec un certificat du Québec, ou choisissez un autre type de document."
        en "This type of document is reserved to Québec, and the certificate that signs is not Québec’s, so the document was not issued."
           "Sign with a certificate of Québec, or choose another type of document.";
    "pki-common-name"
        fr "Le nom à inscrire au certificat est vide ou dépasse 64 caractères, donc rien n’a été créé."
           "Choisissez un nom plus court, puis recommencez."
        en "The name for the certificate is empty or has more than 64 characters, so nothing was created."
           "Choose a shorter name, then start again.";
    "pki-key-mismatch"
        fr "La clé secrète et le certificat ne vont pas ensemble, donc rien n’a été signé."
           "Prenez la clé et le certificat du même dossier, ou créez-les de nouveau."
        en "The secret key and the certificate do not go together, so nothing was signed."
           "Use the key and the certificate of the same folder, or create them again.";
};
