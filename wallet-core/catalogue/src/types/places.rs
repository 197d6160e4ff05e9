//! Countries, and the states and provinces of those whose licences a state or province issues.

use super::rows::choices;
use super::{Choice, ElementType, Shape};

/// ISO 3166-1 alpha-2.
pub(super) const COUNTRY: ElementType =
    ElementType::OpenTextChoice(Shape::Exactly("AA"), COUNTRIES);

/// ISO 3166-2.
pub(super) const JURISDICTION: ElementType = ElementType::OpenTextChoice(Shape::Free, SUBDIVISIONS);

/// Those whose papers Québec sees most, and those of Europe's wallets.
pub(crate) const COUNTRIES: &[Choice<&str>] = choices! {
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
};

/// Every state, province and territory of the countries named here: those whose licences a state or
/// province issues. A spelling that no row explains is no place there.
pub(crate) const SUBDIVISIONS: &[Choice<&str>] = choices! {
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
    "US-AL": "Alabama", "Alabama";
    "US-AK": "Alaska", "Alaska";
    "US-AZ": "Arizona", "Arizona";
    "US-AR": "Arkansas", "Arkansas";
    "US-AS": "Samoa américaines", "American Samoa";
    "US-CA": "Californie", "California";
    "US-CO": "Colorado", "Colorado";
    "US-CT": "Connecticut", "Connecticut";
    "US-DC": "District de Columbia", "District of Columbia";
    "US-DE": "Delaware", "Delaware";
    "US-FL": "Floride", "Florida";
    "US-GA": "Géorgie", "Georgia";
    "US-GU": "Guam", "Guam";
    "US-HI": "Hawaï", "Hawaii";
    "US-IA": "Iowa", "Iowa";
    "US-ID": "Idaho", "Idaho";
    "US-IL": "Illinois", "Illinois";
    "US-IN": "Indiana", "Indiana";
    "US-KS": "Kansas", "Kansas";
    "US-KY": "Kentucky", "Kentucky";
    "US-LA": "Louisiane", "Louisiana";
    "US-MA": "Massachusetts", "Massachusetts";
    "US-MD": "Maryland", "Maryland";
    "US-ME": "Maine", "Maine";
    "US-MI": "Michigan", "Michigan";
    "US-MN": "Minnesota", "Minnesota";
    "US-MO": "Missouri", "Missouri";
    "US-MP": "Îles Mariannes du Nord", "Northern Mariana Islands";
    "US-MS": "Mississippi", "Mississippi";
    "US-MT": "Montana", "Montana";
    "US-NC": "Caroline du Nord", "North Carolina";
    "US-ND": "Dakota du Nord", "North Dakota";
    "US-NE": "Nebraska", "Nebraska";
    "US-NH": "New Hampshire", "New Hampshire";
    "US-NJ": "New Jersey", "New Jersey";
    "US-NM": "Nouveau-Mexique", "New Mexico";
    "US-NV": "Nevada", "Nevada";
    "US-NY": "New York", "New York";
    "US-OH": "Ohio", "Ohio";
    "US-OK": "Oklahoma", "Oklahoma";
    "US-OR": "Oregon", "Oregon";
    "US-PA": "Pennsylvanie", "Pennsylvania";
    "US-PR": "Porto Rico", "Puerto Rico";
    "US-RI": "Rhode Island", "Rhode Island";
    "US-SC": "Caroline du Sud", "South Carolina";
    "US-SD": "Dakota du Sud", "South Dakota";
    "US-TN": "Tennessee", "Tennessee";
    "US-TX": "Texas", "Texas";
    "US-UT": "Utah", "Utah";
    "US-VA": "Virginie", "Virginia";
    "US-VI": "Îles Vierges américaines", "U.S. Virgin Islands";
    "US-VT": "Vermont", "Vermont";
    "US-WA": "Washington", "Washington";
    "US-WI": "Wisconsin", "Wisconsin";
    "US-WV": "Virginie-Occidentale", "West Virginia";
    "US-WY": "Wyoming", "Wyoming";
    "AU-ACT": "Territoire de la capitale australienne", "Australian Capital Territory";
    "AU-NSW": "Nouvelle-Galles du Sud", "New South Wales";
    "AU-NT": "Territoire du Nord", "Northern Territory";
    "AU-QLD": "Queensland", "Queensland";
    "AU-SA": "Australie-Méridionale", "South Australia";
    "AU-TAS": "Tasmanie", "Tasmania";
    "AU-VIC": "Victoria", "Victoria";
    "AU-WA": "Australie-Occidentale", "Western Australia";
};

/// What certificates and documents write beside the code and the names in the rows above.
pub(crate) const OTHER_SPELLINGS: &[(&str, &[&str])] = &[
    ("CA", &["CAN"]),
    ("US", &["USA", "United States of America", "États-Unis d’Amérique"]),
    ("AU", &["AUS"]),
    ("CA-NL", &["NF", "Newfoundland", "Newfoundland & Labrador", "Terre-Neuve"]),
    ("CA-NT", &["NWT"]),
    ("CA-PE", &["PEI"]),
    ("CA-QC", &["PQ"]),
    ("CA-YT", &["YK", "Yukon Territory", "Territoire du Yukon"]),
    ("US-DC", &["Washington DC"]),
    ("US-MP", &["CNMI"]),
    ("US-VI", &["USVI", "Virgin Islands", "Îles Vierges des États-Unis"]),
];

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
