use super::Sentence;

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "mdoc-version"
        fr "Le document suit une version de la norme que Coffret ne connaît pas, donc il n’a pas pu être lu."
           "Mettez Coffret à jour, puis recommencez."
        en "The document follows a version of the standard that Coffret does not know, so it could not be read."
           "Update Coffret, then try again.";
    "mdoc-response-status"
        fr "L’autre appareil a répondu qu’il ne pouvait pas traiter la demande."
           "Recommencez la présentation, ou demandez à voir la carte."
        en "The other device answered that it could not handle the request."
           "Start the presentation again, or ask to see the card.";
    "mdoc-no-documents"
        fr "La réponse ne contient aucun document, donc il n’y a rien à vérifier."
           "Demandez à la personne si elle veut recommencer, ou si elle a une carte."
        en "The answer holds no document, so there is nothing to check."
           "Ask whether the person wants to start again, or has a card.";
    "mdoc-too-many-documents"
        fr "Il y a trop de documents à la fois pour les traiter sans risque."
           "Il faut les présenter en plusieurs fois."
        en "There are too many documents at once to handle safely."
           "They have to be presented a few at a time.";
    "mdoc-empty"
        fr "Une partie qui devait contenir des renseignements est vide, donc le document n’a pas pu être lu."
           "Signalez-le à la personne qui vous l’a envoyé."
        en "A part that must hold something is empty, so the document could not be read."
           "Report it to whoever sent it to you.";
    "mdoc-no-elements"
        fr "Le document ne montre aucun renseignement\u{a0}: il n’y a rien à lire."
           "Demandez à recommencer la présentation s’il vous faut un renseignement."
        en "The document shows no element: there is nothing to read."
           "Ask to start the presentation again if you need an element.";
    "mdoc-too-many-elements"
        fr "Le document contient trop de renseignements pour être lu sans risque."
           "Demandez-en moins à la fois, ou signalez-le à l’émetteur."
        en "The document holds too many elements to be read safely."
           "Ask for fewer at a time, or report it to the issuer.";
    "request-too-large"
        fr "La demande est trop longue pour qu’une personne puisse la lire, donc elle a été refusée."
           "Demandez au vérificateur de demander moins de renseignements."
        en "The request is too long for a person to read, so it was refused."
           "Ask the verifier to ask for less.";
    "mdoc-name"
        fr "Un nom contient des caractères qui ne se voient pas ou qui imitent d’autres lettres, donc on pourrait le prendre pour un autre."
           "N’acceptez pas ce qui le porte et demandez une autre preuve."
        en "A name holds characters that are not seen or that look like other letters, so it could be taken for another name."
           "Do not accept what bears it, and ask for another proof.";
    "mdoc-form-not-supported"
        fr "La personne a répondu sous une forme que Coffret ne lit pas encore, donc rien n’a été vérifié."
           "Demandez à voir la carte, ou une autre preuve."
        en "The person answered in a form that Coffret does not read yet, so nothing was checked."
           "Ask to see the card, or for another proof.";
    "mdoc-digest-algorithm"
        fr "Le document protège ses renseignements d’une manière que Coffret n’utilise pas, donc il n’a pas pu être vérifié."
           "Demandez à l’émetteur un nouveau document."
        en "The document protects its elements in a way that Coffret does not use, so it could not be checked."
           "Ask the issuer for a new document.";
    "mdoc-digest-length"
        fr "Une protection du document n’a pas la bonne longueur, donc on ne peut pas s’y fier."
           "Demandez à l’émetteur un nouveau document."
        en "A protection in the document has the wrong length, so it cannot be relied on."
           "Ask the issuer for a new document.";
    "issuer-signature"
        fr "La signature de l’émetteur n’est pas la bonne, donc le document est faux ou a été modifié."
           "Ne l’acceptez pas et demandez une autre preuve."
        en "The issuer’s signature is not right, so the document is false or was altered."
           "Do not accept it, and ask for another proof.";
    "doc-type-mismatch"
        fr "Le document se présente sous un autre genre que celui que l’émetteur a signé."
           "Ne l’acceptez pas et demandez une autre preuve."
        en "The document presents itself as another kind than the one that the issuer signed."
           "Do not accept it, and ask for another proof.";
    "digest-mismatch"
        fr "Un renseignement ne correspond pas à ce que l’émetteur a signé, donc il a été modifié."
           "N’acceptez pas le document et demandez une autre preuve."
        en "An element does not match what the issuer signed, so it was altered."
           "Do not accept the document, and ask for another proof.";
    "digest-missing"
        fr "L’émetteur n’a pas signé un des renseignements, donc quelqu’un l’a ajouté après coup."
           "N’acceptez pas le document et demandez une autre preuve."
        en "The issuer did not sign one of the elements, so someone added it afterwards."
           "Do not accept the document, and ask for another proof.";
    "element-repeated"
        fr "Un même renseignement est donné deux fois, ou par l’émetteur et par l’appareil, donc on ne sait pas lequel croire."
           "N’acceptez pas le document et demandez une autre preuve."
        en "The same element is given twice, or by both the issuer and the device, so it is not known which one to believe."
           "Do not accept the document, and ask for another proof.";
    "issuing-territory-mismatch"
        fr "Le pays ou la province du document n’est pas celui de l’émetteur qui l’a signé."
           "N’acceptez pas le document et demandez une autre preuve."
        en "The country or province in the document is not that of the issuer that signed it."
           "Do not accept the document, and ask for another proof.";
    "issuing-territory-unproven"
        fr "Le certificat de l’émetteur ne confirme pas de quel pays ou de quelle province vient le document."
           "Vous pouvez continuer si vous savez qui a délivré le document; sinon, demandez une autre preuve."
        en "The issuer’s certificate does not confirm which country or province the document comes from."
           "You may continue if you know who issued the document; otherwise, ask for another proof.";
    "reserved-to-another-territory"
        fr "Le document se présente comme un document du Québec, mais ce n’est pas un émetteur du Québec qui l’a signé."
           "Ne l’acceptez pas et demandez une autre preuve."
        en "The document presents itself as a document of Québec, but it was not an issuer of Québec that signed it."
           "Do not accept it, and ask for another proof.";
    "signed-outside-signer"
        fr "Le document a été signé quand l’émetteur n’avait pas le droit de signer avec cette clé."
           "Ne l’acceptez pas et demandez un document plus récent."
        en "The document was signed when the issuer was not allowed to sign with that key."
           "Do not accept it, and ask for a more recent document.";
    "validity-order"
        fr "Les dates de validité du document se contredisent, donc on ne peut pas s’y fier."
           "Demandez à l’émetteur un nouveau document."
        en "The validity dates of the document contradict each other, so it cannot be relied on."
           "Ask the issuer for a new document.";
    "document-not-yet-valid"
        fr "La copie du document dans ce téléphone n’est pas encore utilisable."
           "Vérifiez l’heure des appareils, ou servez-vous de la carte."
        en "The copy of the document in this phone cannot be used yet."
           "Check the clocks of both devices, or use the card.";
    "document-expired"
        fr "La copie du document dans ce téléphone n’est plus à jour."
           "Son titulaire peut la mettre à jour dans l’application, ou montrer la carte."
        en "The copy of the document in this phone is out of date."
           "Its holder can update it in the application, or show the card.";
    "random-too-short"
        fr "Le document protège mal ses renseignements, donc quelqu’un pourrait les deviner."
           "Demandez à l’émetteur un nouveau document."
        en "The document protects its elements poorly, so someone could guess them."
           "Ask the issuer for a new document.";
    "mdoc-date-form"
        fr "Une date du document n’est pas écrite comme la norme le demande, mais elle se lit bien."
           "Vous pouvez continuer; signalez-le à l’émetteur."
        en "A date in the document is not written as the standard asks, though it can be read."
           "You may continue; report it to the issuer.";
    "mdoc-date-unreadable"
        fr "Une date du document n’existe pas au calendrier, ou n’est pas lisible."
           "Ne vous fiez pas à cette date; demandez une autre preuve si elle compte."
        en "A date in the document is not in the calendar, or cannot be read."
           "Do not rely on that date; ask for another proof if it matters.";
    "expiry-date-passed"
        fr "Le document est expiré\u{a0}: la date d’expiration qui y est inscrite est passée."
           "Ne l’acceptez pas et demandez un document à jour."
        en "The document has expired: the expiry date written in it has passed."
           "Do not accept it, and ask for one that is up to date.";
    "date-in-future"
        fr "Une date du document qui devrait être passée, comme celle de la naissance ou de la délivrance, est dans l’avenir."
           "Vérifiez la date de votre appareil; si elle est bonne, n’acceptez pas le document."
        en "A date in the document that should be past, such as the date of birth or of issue, is in the future."
           "Check the date on your device; if it is right, do not accept the document.";
    "ages-contradict"
        fr "Les âges inscrits au document se contredisent ou ne vont pas avec la date de naissance, donc on ne peut pas s’y fier."
           "N’acceptez pas le document et demandez une autre preuve."
        en "The ages in the document contradict each other or do not go with the date of birth, so they cannot be relied on."
           "Do not accept the document, and ask for another proof.";
    "permission-not-in-force"
        fr "Une partie de ce que le document permet n’est plus en vigueur, ne l’est pas encore, ou a une date illisible."
           "Regardez la date inscrite à côté de chaque permission."
        en "Part of what the document permits is no longer in force, not yet, or has a date that cannot be read."
           "Look at the date beside each permission.";
    "status-not-checked"
        fr "L’émetteur tient une liste des documents révoqués, mais elle n’a pas été consultée\u{a0}: ce document peut avoir été révoqué."
           "Si c’est important, demandez à l’émetteur si le document est toujours bon."
        en "The issuer keeps a list of revoked documents, but it was not looked up: this document may have been revoked."
           "If it matters, ask the issuer whether the document is still good.";
    "device-auth-missing"
        fr "Rien ne prouve que le document vient de l’appareil de son titulaire, donc ce peut être une copie."
           "Ne l’acceptez pas et demandez à recommencer la présentation."
        en "Nothing proves that the document comes from its holder’s device, so it may be a copy."
           "Do not accept it, and ask to start the presentation again.";
    "device-auth-form"
        fr "La preuve de l’appareil est mal construite, donc elle n’a pas pu être vérifiée."
           "Demandez à recommencer la présentation."
        en "The device’s proof is badly built, so it could not be checked."
           "Ask to start the presentation again.";
    "transcript-missing"
        fr "On ne sait pas à quel échange répond le document, donc ce peut être une copie."
           "Donnez aussi l’échange qui l’accompagne, ou vérifiez l’émetteur seulement."
        en "It is not known which exchange the document answers, so it may be a copy."
           "Give the exchange that goes with it too, or check the issuer only.";
    "device-signature"
        fr "La signature de l’appareil n’est pas celle de cet échange, donc le document peut avoir été copié."
           "Ne l’acceptez pas et demandez à recommencer la présentation."
        en "The device’s signature is not that of this exchange, so the document may have been copied."
           "Do not accept it, and ask to start the presentation again.";
    "device-mac"
        fr "Le sceau de l’appareil n’est pas celui de cet échange, donc le document peut avoir été copié."
           "Ne l’acceptez pas et demandez à recommencer la présentation."
        en "The device’s seal is not that of this exchange, so the document may have been copied."
           "Do not accept it, and ask to start the presentation again.";
    "reader-key-missing"
        fr "Le sceau de l’appareil ne se vérifie qu’avec la clé du vérificateur, et elle n’a pas été donnée."
           "Donnez la clé du vérificateur qui a fait cet échange."
        en "The device’s seal can be checked only with the verifier’s key, and it was not given."
           "Give the key of the verifier that made this exchange.";
    "reader-key-mismatch"
        fr "La clé du vérificateur n’est pas celle de cet échange."
           "Donnez la clé qui a servi à cet échange."
        en "The verifier’s key is not that of this exchange."
           "Give the key that was used in this exchange.";
    "device-key-not-authorised"
        fr "L’appareil a ajouté un renseignement que l’émetteur ne lui a pas permis d’ajouter."
           "Ne l’acceptez pas et demandez une autre preuve."
        en "The device added an element that the issuer did not allow it to add."
           "Do not accept it, and ask for another proof.";
    "mac-not-possible"
        fr "L’appareil ne peut pas sceller le document pour ce vérificateur."
           "Présentez la carte."
        en "The device cannot seal the document for this verifier."
           "Show the card.";
    "key-outcome"
        fr "La clé n’a pas servi comme il le fallait, donc rien n’a été envoyé."
           "Recommencez, et confirmez quand l’appareil le demande."
        en "The key was not used as it had to be, so nothing was sent."
           "Start again, and confirm when the device asks.";
    "document-not-requested"
        fr "L’autre appareil a envoyé un document qui n’était pas demandé."
           "N’en tenez pas compte et demandez à recommencer."
        en "The other device sent a document that was not requested."
           "Disregard it, and ask to start again.";
    "element-not-requested"
        fr "L’autre appareil a envoyé un renseignement qui n’était pas demandé."
           "N’en tenez pas compte et demandez à recommencer."
        en "The other device sent an element that was not requested."
           "Disregard it, and ask to start again.";
    "element-not-held"
        fr "Un renseignement approuvé n’est pas dans le document, donc rien n’a été envoyé."
           "Recommencez sans ce renseignement."
        en "An approved element is not in the document, so nothing was sent."
           "Start again without that element.";
    "transcript-form"
        fr "Le fichier donné ne décrit pas un échange."
           "Vérifiez que c’est le bon fichier."
        en "The file given does not describe an exchange."
           "Check that it is the right file.";
};
