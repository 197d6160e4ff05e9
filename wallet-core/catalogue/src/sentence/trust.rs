use super::Sentence;

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "certificate-too-large"
        fr "Un certificat est trop gros pour être lu sans risque."
           "Vérifiez que c’est le bon fichier."
        en "A certificate is too large to be read safely."
           "Check that it is the right file.";
    "certificate-malformed"
        fr "Un certificat est mal écrit, donc on ne sait pas à qui il appartient."
           "Vérifiez que c’est le bon fichier, ou demandez-en un nouveau."
        en "A certificate is badly written, so it is not known whose it is."
           "Check that it is the right file, or ask for a new one.";
    "certificate-extension-malformed"
        fr "Une partie d’un certificat est mal écrite, donc on ne peut pas s’y fier."
           "Signalez-le à l’organisme qui a délivré le certificat."
        en "A part of a certificate is badly written, so it cannot be relied on."
           "Report it to the body that issued the certificate.";
    "certificate-missing"
        fr "Il n’y a aucun certificat, donc on ne sait pas qui a signé."
           "Ajoutez le certificat de l’émetteur, puis recommencez."
        en "There is no certificate, so it is not known who signed."
           "Add the issuer’s certificate, then try again.";
    "certificate-chain-too-long"
        fr "Il y a trop de certificats à suivre pour le faire sans risque."
           "Signalez-le à l’émetteur du document."
        en "There are too many certificates to follow safely."
           "Report it to the issuer of the document.";
    "certificate-algorithm-unsupported"
        fr "Un certificat est signé d’une manière que Coffret n’utilise pas, donc il n’a pas pu être vérifié."
           "Demandez à l’organisme un certificat plus récent."
        en "A certificate is signed in a way that Coffret does not use, so it could not be checked."
           "Ask the body for a more recent certificate.";
    "untrusted-issuer"
        fr "L’émetteur n’est pas dans votre liste de confiance, donc rien ne prouve que le document est vrai."
           "Mettez votre liste de confiance à jour, ou demandez une autre preuve."
        en "The issuer is not in your trust list, so nothing proves that the document is genuine."
           "Update your trust list, or ask for another proof.";
    "certificate-signature-invalid"
        fr "Un certificat n’est pas signé par l’organisme qu’il nomme, donc il est faux ou a été modifié."
           "Ne vous fiez pas au document et demandez une autre preuve."
        en "A certificate is not signed by the body that it names, so it is false or was altered."
           "Do not rely on the document, and ask for another proof.";
    "certificate-not-yet-valid"
        fr "Le certificat du signataire n’est pas encore valide."
           "Vérifiez l’heure de l’appareil, puis recommencez."
        en "The signer’s certificate is not valid yet."
           "Check the device’s clock, then try again.";
    "certificate-expired"
        fr "Le certificat du signataire est expiré, donc on ne peut plus s’y fier."
           "Vérifiez l’heure de l’appareil, ou demandez un document plus récent."
        en "The signer’s certificate has expired, so it can no longer be relied on."
           "Check the device’s clock, or ask for a more recent document.";
    "issuer-certificate-not-valid"
        fr "Le certificat de l’organisme au-dessus du signataire n’est pas valide aujourd’hui."
           "Mettez votre liste de confiance à jour, puis recommencez."
        en "The certificate of the body above the signer is not valid today."
           "Update your trust list, then try again.";
    "issuer-not-authority"
        fr "Un certificat a été délivré par quelqu’un qui n’en a pas le droit."
           "Ne vous fiez pas au document et demandez une autre preuve."
        en "A certificate was issued by someone who may not issue any."
           "Do not rely on the document, and ask for another proof.";
    "authority-as-signer"
        fr "Un organisme a signé avec un certificat qui ne sert qu’à en délivrer d’autres."
           "Signalez-le à cet organisme et demandez une autre preuve."
        en "A body signed with a certificate that is only for issuing others."
           "Report it to that body, and ask for another proof.";
    "path-length-exceeded"
        fr "Il y a plus d’intermédiaires entre l’organisme et le signataire que l’organisme n’en permet."
           "Ne vous fiez pas au document et demandez une autre preuve."
        en "There are more intermediaries between the body and the signer than the body allows."
           "Do not rely on the document, and ask for another proof.";
    "issuer-key-usage"
        fr "La clé de l’organisme n’a pas le droit de signer des certificats."
           "Ne vous fiez pas au document et demandez une autre preuve."
        en "The body’s key may not sign certificates."
           "Do not rely on the document, and ask for another proof.";
    "signer-key-usage"
        fr "La clé du signataire n’a pas le droit de signer."
           "Ne vous fiez pas au document et demandez une autre preuve."
        en "The signer’s key may not sign."
           "Do not rely on the document, and ask for another proof.";
    "extended-key-usage-missing"
        fr "Le certificat du signataire n’est pas fait pour cet usage."
           "Ne vous y fiez pas et signalez-le à l’organisme."
        en "The signer’s certificate is not made for this use."
           "Do not rely on it, and report it to the body.";
    "key-identifier-mismatch"
        fr "Un certificat désigne une autre clé que celle de son organisme."
           "Ne vous fiez pas au document et demandez une autre preuve."
        en "A certificate points to another key than its body’s."
           "Do not rely on the document, and ask for another proof.";
    "certificate-critical-unknown"
        fr "Un certificat exige une règle que cette version ne connaît pas, donc il a été refusé."
           "Mettez Coffret à jour, puis recommencez."
        en "A certificate demands a rule that this version does not know, so it was refused."
           "Update Coffret, then try again.";
    "name-constraint-violated"
        fr "Un organisme a certifié un nom qu’il n’a pas le droit de certifier."
           "Ne vous fiez pas au document et demandez une autre preuve."
        en "A body certified a name that it may not certify."
           "Do not rely on the document, and ask for another proof.";
    "country-mismatch"
        fr "Le signataire n’est pas du même pays que son organisme."
           "Ne vous fiez pas au document et demandez une autre preuve."
        en "The signer is not of the same country as its body."
           "Do not rely on the document, and ask for another proof.";
    "state-mismatch"
        fr "Le signataire n’est pas de la même province ou du même État que son organisme."
           "Ne vous fiez pas au document et demandez une autre preuve."
        en "The signer is not of the same province or state as its body."
           "Do not rely on the document, and ask for another proof.";
    "certificate-revoked"
        fr "L’organisme a annulé le certificat du signataire, donc on ne peut plus s’y fier."
           "N’acceptez pas le document et demandez-en un plus récent."
        en "The body has revoked the signer’s certificate, so it can no longer be relied on."
           "Do not accept the document, and ask for a more recent one.";
    "crl-too-large"
        fr "La liste des certificats annulés est trop grosse pour être lue sans risque."
           "Vérifiez que c’est le bon fichier."
        en "The list of revoked certificates is too large to be read safely."
           "Check that it is the right file.";
    "crl-malformed"
        fr "La liste des certificats annulés est mal écrite et n’a pas pu être lue."
           "Téléchargez-la de nouveau auprès de l’organisme."
        en "The list of revoked certificates is badly written and could not be read."
           "Download it again from the body.";
    "crl-signature-invalid"
        fr "La liste des certificats annulés n’est pas signée par l’organisme qu’elle nomme."
           "Ne vous y fiez pas et téléchargez-la de nouveau."
        en "The list of revoked certificates is not signed by the body that it names."
           "Do not rely on it, and download it again.";
    "crl-issuer-key-usage"
        fr "La clé de l’organisme n’a pas le droit de signer une liste de certificats annulés."
           "Ne vous y fiez pas et signalez-le à l’organisme."
        en "The body’s key may not sign a list of revoked certificates."
           "Do not rely on it, and report it to the body.";
    "crl-stale"
        fr "La liste des certificats annulés n’est plus à jour, donc une annulation récente peut y manquer."
           "Mettez vos listes à jour dès que vous avez accès à Internet."
        en "The list of revoked certificates is out of date, so a recent one may be missing."
           "Update your lists as soon as you are online.";
    "reader-signature-invalid"
        fr "La signature de la demande n’est pas la bonne, donc on ne sait pas qui vous la fait."
           "Refusez la demande, ou présentez votre carte si vous connaissez la personne."
        en "The signature on the request is not right, so it is not known who is asking."
           "Refuse the request, or show your card if you know the person.";
    "reader-signature-missing"
        fr "Le demandeur n’a signé qu’une partie de sa demande, donc on ne sait pas de qui vient le reste."
           "Ne partagez rien et demandez-lui de recommencer."
        en "The requester signed only part of its request, so it is not known who asks for the rest."
           "Share nothing, and ask it to start again.";
    "several-readers"
        fr "La demande est signée par plusieurs demandeurs, donc on ne sait pas qui recevrait vos renseignements."
           "Refusez la demande et demandez-en une par demandeur."
        en "The request is signed by several requesters, so it is not known who would receive your information."
           "Refuse it, and ask for one request for each requester.";
    "certificate-version"
        fr "Un certificat n’est pas de la version que la norme demande."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate is not of the version that the standard asks for."
           "You may continue; report it to the body.";
    "certificate-serial-number"
        fr "Le numéro de série d’un certificat ne suit pas la norme."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "The serial number of a certificate does not follow the standard."
           "You may continue; report it to the body.";
    "certificate-validity-too-long"
        fr "Un certificat est valide plus longtemps que la norme ne le permet."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate is valid for longer than the standard allows."
           "You may continue; report it to the body.";
    "subject-country"
        fr "Un certificat ne dit pas clairement de quel pays il est."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate does not say clearly what country it is of."
           "You may continue; report it to the body.";
    "subject-common-name"
        fr "Un certificat ne porte pas de nom."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate bears no name."
           "You may continue; report it to the body.";
    "subject-key-identifier"
        fr "Un certificat ne désigne pas sa clé comme la norme le demande."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate does not identify its key as the standard asks."
           "You may continue; report it to the body.";
    "authority-key-identifier"
        fr "Un certificat ne désigne pas la clé de son organisme."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate does not identify its body’s key."
           "You may continue; report it to the body.";
    "key-usage-profile"
        fr "Un certificat permet plus d’usages de sa clé que la norme."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate allows more uses of its key than the standard."
           "You may continue; report it to the body.";
    "extended-key-usage-profile"
        fr "Un certificat n’est pas réservé à son seul usage, comme la norme le demande."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate is not reserved for its one use, as the standard asks."
           "You may continue; report it to the body.";
    "issuer-alternative-name"
        fr "Un certificat ne dit pas comment joindre son organisme."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate does not say how to reach its body."
           "You may continue; report it to the body.";
    "crl-distribution-point"
        fr "Un certificat ne dit pas où trouver la liste des certificats annulés."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate does not say where to find the list of revoked certificates."
           "You may continue; report it to the body.";
    "basic-constraints-profile"
        fr "Le certificat d’un organisme lui permet plus d’intermédiaires que la norme."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A body’s certificate allows it more intermediaries than the standard."
           "You may continue; report it to the body.";
    "certificate-extension-forbidden"
        fr "Un certificat contient une partie que la norme n’admet pas."
           "Vous pouvez continuer; signalez-le à l’organisme."
        en "A certificate contains a part that the standard does not admit."
           "You may continue; report it to the body.";
    "root-not-self-signed"
        fr "Le certificat d’un organisme n’est pas signé par sa propre clé."
           "Vérifiez que c’est bien le certificat publié par l’organisme."
        en "A body’s certificate is not signed by its own key."
           "Check that it is the certificate that the body published.";
    "registry-malformed"
        fr "La liste des demandeurs inscrits est mal écrite et n’a pas pu être lue."
           "Téléchargez-la de nouveau."
        en "The list of registered requesters is badly written and could not be read."
           "Download it again.";
    "registry-untrusted"
        fr "La liste des demandeurs inscrits n’est pas signée par un organisme de confiance, donc elle a été refusée."
           "Téléchargez-la auprès de l’organisme qui la publie."
        en "The list of registered requesters is not signed by a trusted body, so it was refused."
           "Download it from the body that publishes it.";
    "registry-not-yet-issued"
        fr "La liste des demandeurs inscrits porte une date à venir."
           "Vérifiez l’heure de l’appareil, puis recommencez."
        en "The list of registered requesters bears a date to come."
           "Check the device’s clock, then try again.";
    "registry-older"
        fr "La liste des demandeurs inscrits est plus ancienne que celle que vous avez déjà, donc elle a été refusée."
           "Gardez celle que vous avez, ou téléchargez la plus récente."
        en "The list of registered requesters is older than the one you already have, so it was refused."
           "Keep the one you have, or download the latest.";
    "registry-stale"
        fr "La liste des demandeurs inscrits n’est plus à jour, donc un changement récent peut y manquer."
           "Mettez-la à jour dès que vous avez accès à Internet."
        en "The list of registered requesters is out of date, so a recent change may be missing."
           "Update it as soon as you are online.";
};
