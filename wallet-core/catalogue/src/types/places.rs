//! Countries and the provinces of Canada.

use super::rows::choices;
use super::{ElementType, Shape};

/// ISO 3166-1 alpha-2; labels for those whose papers Québec sees most, and for Europe's wallets.
pub(super) const COUNTRY: ElementType = ElementType::OpenTextChoice(
    Shape::Exactly("AA"),
    choices! {
        "CA": "Canada", "Canada";
        "AF": "Afghanistan", "Afghanistan";
        "AR": "Argentine", "Argentina";
        "AT": "Autriche", "Austria";
        "AU": "Australie", "Australia";
        "BD": "Bangladesh", "Bangladesh";
        "BE": "Belgique", "Belgium";
        "BG": "Bulgarie", "Bulgaria";
        "BJ": "Bénin", "Benin";
        "BR": "Brésil", "Brazil";
        "CD": "République démocratique du Congo", "Democratic Republic of the Congo";
        "CH": "Suisse", "Switzerland";
        "CI": "Côte d’Ivoire", "Côte d’Ivoire";
        "CL": "Chili", "Chile";
        "CM": "Cameroun", "Cameroon";
        "CN": "Chine", "China";
        "CO": "Colombie", "Colombia";
        "CY": "Chypre", "Cyprus";
        "CZ": "Tchéquie", "Czechia";
        "DE": "Allemagne", "Germany";
        "DK": "Danemark", "Denmark";
        "DZ": "Algérie", "Algeria";
        "EE": "Estonie", "Estonia";
        "EG": "Égypte", "Egypt";
        "ES": "Espagne", "Spain";
        "FI": "Finlande", "Finland";
        "FR": "France", "France";
        "GB": "Royaume-Uni", "United Kingdom";
        "GN": "Guinée", "Guinea";
        "GR": "Grèce", "Greece";
        "HR": "Croatie", "Croatia";
        "HT": "Haïti", "Haiti";
        "HU": "Hongrie", "Hungary";
        "IE": "Irlande", "Ireland";
        "IN": "Inde", "India";
        "IR": "Iran", "Iran";
        "IS": "Islande", "Iceland";
        "IT": "Italie", "Italy";
        "JP": "Japon", "Japan";
        "KR": "Corée du Sud", "South Korea";
        "LB": "Liban", "Lebanon";
        "LI": "Liechtenstein", "Liechtenstein";
        "LT": "Lituanie", "Lithuania";
        "LU": "Luxembourg", "Luxembourg";
        "LV": "Lettonie", "Latvia";
        "MA": "Maroc", "Morocco";
        "MG": "Madagascar", "Madagascar";
        "ML": "Mali", "Mali";
        "MT": "Malte", "Malta";
        "MX": "Mexique", "Mexico";
        "NL": "Pays-Bas", "Netherlands";
        "NO": "Norvège", "Norway";
        "NZ": "Nouvelle-Zélande", "New Zealand";
        "PE": "Pérou", "Peru";
        "PH": "Philippines", "Philippines";
        "PK": "Pakistan", "Pakistan";
        "PL": "Pologne", "Poland";
        "PT": "Portugal", "Portugal";
        "RO": "Roumanie", "Romania";
        "RU": "Russie", "Russia";
        "SE": "Suède", "Sweden";
        "SI": "Slovénie", "Slovenia";
        "SK": "Slovaquie", "Slovakia";
        "SN": "Sénégal", "Senegal";
        "SY": "Syrie", "Syria";
        "TG": "Togo", "Togo";
        "TN": "Tunisie", "Tunisia";
        "TR": "Turquie", "Türkiye";
        "UA": "Ukraine", "Ukraine";
        "US": "États-Unis", "United States";
        "VE": "Venezuela", "Venezuela";
        "VN": "Viêt Nam", "Viet Nam";
    },
);

/// ISO 3166-2; labels for Canada's.
pub(super) const JURISDICTION: ElementType = ElementType::OpenTextChoice(
    Shape::Free,
    choices! {
        "CA-QC": "Québec", "Québec";
        "CA-AB": "Alberta", "Alberta";
        "CA-BC": "Colombie-Britannique", "British Columbia";
        "CA-MB": "Manitoba", "Manitoba";
        "CA-NB": "Nouveau-Brunswick", "New Brunswick";
        "CA-NL": "Terre-Neuve-et-Labrador", "Newfoundland and Labrador";
        "CA-NS": "Nouvelle-Écosse", "Nova Scotia";
        "CA-NT": "Territoires du Nord-Ouest", "Northwest Territories";
        "CA-NU": "Nunavut", "Nunavut";
        "CA-ON": "Ontario", "Ontario";
        "CA-PE": "Île-du-Prince-Édouard", "Prince Edward Island";
        "CA-SK": "Saskatchewan", "Saskatchewan";
        "CA-YT": "Yukon", "Yukon";
    },
);

/// ISO/IEC 18013-1 Annex F, as on the back of a vehicle.
pub(super) const DISTINGUISHING_SIGN: ElementType = ElementType::OpenTextChoice(
    Shape::Free,
    choices! {
        "CDN": "CDN (Canada)", "CDN (Canada)";
        "F": "F (France)", "F (France)";
        "MEX": "MEX (Mexique)", "MEX (Mexico)";
        "UK": "UK (Royaume-Uni)", "UK (United Kingdom)";
        "USA": "USA (États-Unis)", "USA (United States)";
    },
);
