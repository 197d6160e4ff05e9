use super::Sentence;
use crate::Label;

/// These rules judge the signer of a document and that of a request alike.
const DISTRUST: Label = Label {
    fr: "Ne vous y fiez pas\u{a0}: refusez le document ou la demande.",
    en: "Do not rely on it: refuse the document or the request.",
};
/// Of what may break a path, or only a profile.
const REPORT: Label = Label {
    fr: "Signalez-le à l’autorité qui a délivré le certificat.",
    en: "Report it to the authority that issued the certificate.",
};
const CONTINUE: Label = Label {
    fr: "Vous pouvez continuer; signalez-le à l’autorité qui a délivré le certificat.",
    en: "You may continue; report it to the authority that issued the certificate.",
};

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
        fr "Une partie d’un certificat est mal écrite et n’a pas pu être lue."
        en "A part of a certificate is badly written and could not be read."
        then REPORT;
    "certificate-missing"
        fr "Il n’y a aucun certificat, donc on ne sait pas qui a signé."
           "Vérifiez que c’est le bon fichier, ou demandez qu’on vous l’envoie avec son certificat."
        en "There is no certificate, so it is not known who signed."
           "Check that it is the right file, or ask for it to be sent with its certificate.";
    "certificate-chain-too-long"
        fr "Il y a trop de certificats, ou trop de noms dans les certificats, pour tout vérifier sans risque."
        en "There are too many certificates, or too many names in them, to check safely."
        then DISTRUST;
    "certificate-algorithm-unsupported"
        fr "Un certificat est signé d’une manière que Coffret n’utilise pas, donc il n’a pas pu être vérifié."
           "Demandez un document plus récent, ou refusez la demande."
        en "A certificate is signed in a way that Coffret does not use, so it could not be checked."
           "Ask for a more recent document, or refuse the request.";
    "untrusted-issuer"
        fr "Le signataire n’est pas dans votre liste de confiance, donc rien ne prouve qui il est."
           "Mettez votre liste de confiance à jour, ou demandez une autre preuve."
        en "The signer is not in your trust list, so nothing proves who it is."
           "Update your trust list, or ask for another proof.";
    "certificate-signature-invalid"
        fr "Un certificat n’est pas signé par l’autorité qu’il nomme, donc il est faux ou a été modifié."
        en "A certificate is not signed by the authority that it names, so it is false or was altered."
        then DISTRUST;
    "certificate-not-yet-valid"
        fr "Le certificat du signataire n’est pas encore valide."
           "Vérifiez l’heure de l’appareil, puis recommencez."
        en "The signer’s certificate is not valid yet."
           "Check the device’s clock, then try again.";
    "certificate-expired"
        fr "Le certificat du signataire est expiré, donc on ne peut plus s’y fier."
           "Vérifiez l’heure de l’appareil; si elle est juste, refusez le document ou la demande."
        en "The signer’s certificate has expired, so it can no longer be relied on."
           "Check the device’s clock; if it is right, refuse the document or the request.";
    "issuer-certificate-not-valid"
        fr "Le certificat de l’autorité qui garantit le signataire n’est pas valide aujourd’hui."
           "Mettez votre liste de confiance à jour, puis recommencez."
        en "The certificate of the authority that vouches for the signer is not valid today."
           "Update your trust list, then try again.";
    "issuer-not-authority"
        fr "Un certificat a été délivré par quelqu’un qui n’en a pas le droit."
        en "A certificate was issued by someone who may not issue any."
        then DISTRUST;
    "authority-as-signer"
        fr "Une autorité a signé avec un certificat qui ne sert qu’à en délivrer d’autres."
        en "An authority signed with a certificate that is only for issuing others."
        then DISTRUST;
    "path-length-exceeded"
        fr "Il y a plus d’intermédiaires au-dessus du signataire que l’autorité de départ n’en permet."
        en "There are more intermediaries above the signer than the first authority allows."
        then DISTRUST;
    "issuer-key-usage"
        fr "La clé qui a signé un certificat n’a pas le droit d’en signer."
        en "The key that signed a certificate may not sign any."
        then DISTRUST;
    "signer-key-usage"
        fr "La clé du signataire n’a pas le droit de signer."
        en "The signer’s key may not sign."
        then DISTRUST;
    "extended-key-usage-missing"
        fr "Le certificat du signataire n’est pas fait pour cet usage."
        en "The signer’s certificate is not made for this use."
        then DISTRUST;
    "key-identifier-mismatch"
        fr "Un certificat désigne une autre clé que celle de l’autorité qui l’a délivré."
        en "A certificate points to another key than that of the authority that issued it."
        then DISTRUST;
    "certificate-critical-unknown"
        fr "Un certificat exige une règle que cette version ne connaît pas, donc il a été refusé."
           "Mettez Coffret à jour, puis recommencez."
        en "A certificate demands a rule that this version does not know, so it was refused."
           "Update Coffret, then try again.";
    "name-constraint-violated"
        fr "Une autorité a certifié un nom qu’elle n’a pas le droit de certifier."
        en "An authority certified a name that it may not certify."
        then DISTRUST;
    "country-mismatch"
        fr "Le signataire n’est pas du même pays que l’autorité qui l’a certifié."
        en "The signer is not of the same country as the authority that certified it."
        then DISTRUST;
    "state-mismatch"
        fr "Le signataire n’est pas de la même province ou du même État que l’autorité qui l’a certifié."
        en "The signer is not of the same province or state as the authority that certified it."
        then DISTRUST;
    "certificate-revoked"
        fr "Le certificat du signataire a été annulé, donc on ne peut plus s’y fier."
           "Demandez un document plus récent, ou refusez la demande."
        en "The signer’s certificate was revoked, so it can no longer be relied on."
           "Ask for a more recent document, or refuse the request.";
    "crl-too-large"
        fr "La liste des certificats annulés est trop grosse pour être lue sans risque."
           "Vérifiez que c’est le bon fichier."
        en "The list of revoked certificates is too large to be read safely."
           "Check that it is the right file.";
    "crl-malformed"
        fr "La liste des certificats annulés est mal écrite et n’a pas pu être lue."
           "Téléchargez-la de nouveau auprès de l’autorité qui la publie."
        en "The list of revoked certificates is badly written and could not be read."
           "Download it again from the authority that publishes it.";
    "crl-signature-invalid"
        fr "La liste des certificats annulés n’est pas signée par l’autorité qu’elle nomme."
           "Ne vous y fiez pas et téléchargez-la de nouveau."
        en "The list of revoked certificates is not signed by the authority that it names."
           "Do not rely on it, and download it again.";
    "crl-issuer-key-usage"
        fr "La clé qui a signé la liste des certificats annulés n’a pas le droit de le faire."
           "Ne vous y fiez pas et signalez-le à l’autorité qui la publie."
        en "The key that signed the list of revoked certificates may not do so."
           "Do not rely on it, and report it to the authority that publishes it.";
    "crl-missing"
        fr "Le fichier ne contient aucune liste de certificats annulés."
           "Vérifiez que c’est le bon fichier."
        en "The file holds no list of revoked certificates."
           "Check that it is the right file.";
    "crl-delta"
        fr "La liste des certificats annulés ne donne que les changements depuis une autre, donc elle ne suffit pas."
           "Téléchargez la liste complète auprès de l’autorité qui la publie."
        en "The list of revoked certificates gives only what changed since another one, so it is not enough."
           "Download the complete list from the authority that publishes it.";
    "crl-indirect"
        fr "La liste des certificats annulés porte sur ceux de plusieurs autorités, et Coffret ne sait pas s’en servir."
           "Téléchargez la liste de chaque autorité."
        en "The list of revoked certificates is about those of several authorities, and Coffret cannot use it."
           "Download the list of each authority.";
    "crl-critical-unknown"
        fr "La liste des certificats annulés exige une règle que cette version ne connaît pas, donc elle n’a pas servi."
           "Mettez Coffret à jour, puis recommencez."
        en "The list of revoked certificates demands a rule that this version does not know, so it was not used."
           "Update Coffret, then try again.";
    "crl-next-update-missing"
        fr "La liste des certificats annulés ne dit pas jusqu’à quand elle est à jour, donc une annulation récente peut y manquer."
           "Téléchargez-la de nouveau pour avoir la plus récente."
        en "The list of revoked certificates does not say how long it is up to date, so a recent one may be missing."
           "Download it again to have the latest.";
    "crl-not-yet-issued"
        fr "Une liste de certificats annulés porte une date à venir."
           "Vérifiez l’heure de l’appareil; si elle est juste, téléchargez la liste de nouveau."
        en "A list of revoked certificates bears a date to come."
           "Check the device’s clock; if it is right, download the list again.";
    "crl-unproven"
        fr "Une liste de certificats annulés n’est signée par aucune autorité de votre liste de confiance, donc rien ne prouve ce qu’elle dit."
           "Vérifiez que c’est la bonne liste, ou ajoutez l’autorité qui la publie à votre liste de confiance."
        en "A list of revoked certificates is signed by no authority of your trust list, so nothing proves what it says."
           "Check that it is the right list, or add the authority that publishes it to your trust list.";
    "revocation-unknown"
        fr "Aucune de vos listes de certificats annulés ne porte sur ce signataire, donc on ne sait pas si son certificat est encore bon."
           "Téléchargez la liste de l’autorité qui l’a certifié."
        en "None of your lists of revoked certificates is about this signer, so it is not known whether its certificate is still good."
           "Download the list of the authority that certified it.";
    "crl-stale"
        fr "La liste des certificats annulés n’est plus à jour, donc une annulation récente peut y manquer."
           "Mettez vos listes à jour dès que vous avez accès à Internet."
        en "The list of revoked certificates is out of date, so a recent one may be missing."
           "Update your lists as soon as you are online.";
    "authority-not-for-type"
        fr "L’autorité qui répond de l’émetteur n’est pas reconnue pour ce genre de document."
           "N’acceptez pas le document; si elle devrait l’être, changez-le dans vos réglages."
        en "The authority that vouches for the issuer is not trusted for this kind of document."
           "Do not accept the document; if it should be trusted, change your settings.";
    "clock-skew"
        fr "Le document, la demande ou son certificat commence à être valide dans un instant\u{a0}: les horloges ne sont pas à la même heure."
           "Vous pouvez continuer; vérifiez l’heure de votre appareil."
        en "The document, the request or its certificate becomes valid in a moment: the clocks do not show the same time."
           "You may continue; check the time of your device.";
    "reader-signature-invalid"
        fr "La signature de la demande n’est pas la bonne, donc on ne sait pas qui la fait."
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
           "Refusez, et laissez chacun faire sa demande."
        en "The request is signed by several requesters, so it is not known who would receive your information."
           "Refuse, and let each make its own request.";
    "certificate-version"
        fr "Un certificat n’est pas de la version que la norme demande."
        en "A certificate is not of the version that the standard asks for."
        then REPORT;
    "certificate-serial-number"
        fr "Le numéro de série d’un certificat ne suit pas la norme."
        en "The serial number of a certificate does not follow the standard."
        then CONTINUE;
    "certificate-validity-too-long"
        fr "Un certificat est valide plus longtemps que la norme ne le permet."
        en "A certificate is valid for longer than the standard allows."
        then CONTINUE;
    "subject-country"
        fr "Un certificat ne dit pas clairement de quel pays il est."
        en "A certificate does not say clearly what country it is of."
        then CONTINUE;
    "subject-common-name"
        fr "Un certificat ne porte pas de nom."
        en "A certificate bears no name."
        then CONTINUE;
    "subject-key-identifier"
        fr "Un certificat ne désigne pas sa clé comme la norme le demande."
        en "A certificate does not identify its key as the standard asks."
        then CONTINUE;
    "authority-key-identifier"
        fr "Un certificat ne désigne pas la clé de l’autorité qui l’a délivré."
        en "A certificate does not identify the key of the authority that issued it."
        then CONTINUE;
    "key-usage-profile"
        fr "Un certificat permet plus d’usages de sa clé que la norme."
        en "A certificate allows more uses of its key than the standard."
        then CONTINUE;
    "extended-key-usage-profile"
        fr "Un certificat n’est pas réservé à son seul usage, comme la norme le demande."
        en "A certificate is not reserved for its one use, as the standard asks."
        then CONTINUE;
    "issuer-alternative-name"
        fr "Un certificat ne dit pas comment joindre l’autorité qui l’a délivré."
        en "A certificate does not say how to reach the authority that issued it."
        then CONTINUE;
    "crl-distribution-point"
        fr "Un certificat ne dit pas où trouver la liste des certificats annulés."
        en "A certificate does not say where to find the list of revoked certificates."
        then CONTINUE;
    "basic-constraints-profile"
        fr "Le certificat d’une autorité lui permet plus d’intermédiaires que la norme."
        en "An authority’s certificate allows it more intermediaries than the standard."
        then CONTINUE;
    "certificate-extension-forbidden"
        fr "Un certificat contient une partie que la norme n’admet pas."
        en "A certificate contains a part that the standard does not admit."
        then CONTINUE;
    "root-not-self-signed"
        fr "Le certificat d’une autorité n’est pas signé par sa propre clé."
           "Vérifiez que c’est bien le certificat que cette autorité publie."
        en "An authority’s certificate is not signed by its own key."
           "Check that it is the certificate that this authority publishes.";
    "key-purpose-unknown"
        fr "Le certificat du signataire ne dit pas qu’il sert à signer ce genre de document."
           "Vous pouvez continuer si vous connaissez l’autorité qui a délivré le document."
        en "The signer’s certificate does not say that it is for signing this kind of document."
           "You may continue if you know the authority that issued the document.";
    "registry-malformed"
        fr "La liste des demandeurs inscrits est mal écrite et n’a pas pu être lue."
           "Téléchargez-la de nouveau."
        en "The list of registered requesters is badly written and could not be read."
           "Download it again.";
    "registry-untrusted"
        fr "La liste des demandeurs inscrits n’est pas signée par une autorité reconnue, donc elle a été refusée."
           "Téléchargez-la auprès de l’autorité qui la publie."
        en "The list of registered requesters is not signed by a trusted authority, so it was refused."
           "Download it from the authority that publishes it.";
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
