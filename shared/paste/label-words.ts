/**
 * Words beside a name and a number in texts that staff copy from hotel, practice and booking programs, e-mails and
 * contacts, in the six languages and in the English of such programs: all lower case, without accents, one pattern
 * each.
 */

/** In front of a mobile number. */
const MOBILE_LABELS =
  'portables?|port|mobil(?:e|es|telefon|nummer|fon|funk)?|movil(?:es)?|mob|cellulare|cellulari|cell|cel|celular|handy(?:nummer|nr)?|gsm|natel|telemovel|telemoveis|tlm';

/** In front of a number, an address, or a whole line; never part of a name. */
const LABELS = [
  // Telephone
  MOBILE_LABELS,
  'tel(?:ephone|efono|efone|emovil|\\.?nr|nr|no|num)?|tlf|tlfn?o|tfno|phone|phones|telephones?|telefon(?:nummer|nr)?|rufnummer|ruf|festnetz|fax|telefax|telecopie|whatsapp|whats|wa|sms|viber|telegram|signal|imessage|fixe?|fijo|fisso|linea|ligne|landline|contact[so]?|contatto|contatti|contacto|contato|kontakt|recapito|recapiti|rappel|callback|ext|extension|poste|interno|durchwahl|apparat|anexo|ramal|standard|switchboard|centralino|zentrale',
  // Distinguishing several numbers
  'pers(?:o|onnel|onnelle|onal|onale|oal)?|pro(?:fessionnel|fessional|fessionnelle)?|prive|privat|private|privado|privato|personnel|home|work|office|bureau|buro|oficina|ufficio|escritorio|domicile|domicilio|casa|geschaftlich|dienstlich|principal|primary|main|other|autre|secondaire|urgence|emergency|notfall|emergencia|emergenza',
  // Parts of the label itself
  'n(?:o|r|um|umero|umeros|umber|umbers|ummer)?|numero|num|nbr|de|du|of|des|di|do|da|del|the|le|la|votre|your|ihre?|su|seu|sua',
  // Internet addresses
  'e-?mails?|mails?|courriel|correo|posta|web|site|website|url|internet',
].join('|');

/** In front of a full name; labels of a part of a name ("Nom") may precede a full one too. */
const PERSON_LABELS =
  '(?:client|cliente|customer|guest|gast|kunde|kundin|ospite|huesped|hospede|patient|patiente|paziente|paciente|utente|voyageur|viaggiatore|titulaire|passager|contact|contatto|contacto|booked by|reserved by)s?';

/** In front of a name. */
const NAME_LABELS = [
  '(?:nom|prenom|name|names|vorname|nachname|familienname|zuname|nombres?|apellidos?|nome|cognome|sobrenome|apelido|surname|forename)',
  '(?:first|last|full|given|family|guest|customer|client|patient|contact|your|booker|passenger|traveller|traveler)[ -]?names?',
  'name of (?:guest|customer|client|patient)',
  '(?:nom|prenom|noms)(?: et prenoms?| de famille| complet| usuel| de naissance)?(?: (?:du|de la|de l.) ?(?:client|cliente|patient|patiente|contact|voyageur|reservation))?',
  '(?:nombre|apellidos|nombre y apellidos|nombre completo)(?: del? (?:cliente|huesped|paciente))?',
  '(?:nome|cognome|nome e cognome|nome completo|nominativo)(?: d[eo]l? ?(?:cliente|ospite|paziente|hospede|utente))?',
  '(?:name|vor-? und nachname|nachname, vorname)(?: des (?:gastes|kunden|patienten))?',
  PERSON_LABELS,
].join('|');

/** Words for things, times, services and actions. A piece of text with one of them is not a name. */
const OTHER_WORDS = [
  // Rooms and stays
  'chambres?|chb|ch|rooms?|rm|zimmer|zi|habitacion|hab|camera|camere|quarto|qto|suite|apt|appt|appartement|apartment|apartamento|wohnung|table|tavolo|tisch|mesa|etage|floor|piso|piano|stock|lit|bed|bett|cama|letto|double|doppel|doppelzimmer|einzelzimmer|single|twin|triple|simple|standard|superior|superieure|deluxe|junior|dbl|sgl|tpl|twn|std|sup|dlx|qd|bb|hb|fb|ro|ai|dz|ez|vip|ota|adt|chd|inf|pax|adl|adults?|adultes?|erwachsene[rn]?|erw|adulti?|adultos?|enfants?|child|children|kinder|kind|ninos?|ninas?|bambin[oi]|criancas?|bebe|baby|pers|personnes?|personen|persons?|people|personas?|persone|pessoas?|nuits?|nuitees?|nights?|nachte|naechte|nacht|noches?|notti|notte|noites?|sejour|stay|aufenthalt|estancia|soggiorno|estadia|arrivee?s?|arrivals?|ankunft|anreise|llegada|arrivo|chegada|departs?|departures?|abreise|abfahrt|salida|partenza|partida|check-?in|check-?out|checkin|checkout|petit-?dejeuner|breakfast|fruhstuck|desayuno|colazione|pequeno|parking|garage|spa|hotels?|hostel|hostal|albergo|pension|restaurant|ristorante|restaurante|bar|cafe|brasserie|pizzeria|clinique|clinic|klinik|clinica|cabinet|praxis|studio|salon|institut|pharmacie|apotheke|farmacia|garage|werkstatt|officina|taller|oficina|ecole|school|schule|mairie|sarl|sas|gmbh|ltd|llc|inc|srl|spa|sl|lda|ag|kg|sa',
  // Appointments and services
  'rdv|rendez-?vous|appointments?|termine?|citas?|appuntament[oi]|consultas?|consultations?|consulenza|consulto|behandlung|treatment|traitement|tratamiento|trattamento|tratamento|visites?|visita|visit|besuch|besichtigung|controles?|control|kontrolle|controllo|check-?up|bilan|revision|detartrage|blanchiment|carie|couronne|implants?|extraction|devis|quote|angebot|presupuesto|preventivo|orcamento|zahnreinigung|prophylaxe|fullung|limpieza|pulizia|limpeza|empaste|otturazione|cleaning|filling|whitening|hygiene|kine|osteo|osteopathie|massages?|massagem|massaggio|masaje|soins?|soin|facial|manucure|manicure|pedicure|epilation|waxing|coupe|couleur|brushing|balayage|meches|coloration|haircut|cut|color|colour|schnitt|farbe|haarschnitt|corte|tinte|taglio|colore|piega|barbe|beard|homme|femme|man|woman|men|women|herren|damen|hombre|mujer|uomo|donna|homem|mulher|vidange|revision|pneus?|tyres?|reifen|neumaticos|gomme|pneumatici|pneus|inspektion|tuv|olwechsel|freins?|brakes?|vaccins?|vaccination|impfung|vacuna|vaccino|vacina|ordonnance|prescription|rezept|receta|ricetta|receita|echographie|radio|irm|scanner|mri|ultrasound|blutabnahme|blood|test|tests|lunettes|lentilles|brille|glasses|livraison|delivery|lieferung|entrega|consegna|commandes?|orders?|bestellung|pedido|ordine|encomenda|dejeuner|lunch|mittagessen|almuerzo|pranzo|almoco|diner|dinner|abendessen|cena|jantar|couverts?|covers?|personale|menu|terrasse|terrace|terraza|terrazza|fenetre|window|urgent|urgence|dringend|urgente|nouveau|nouvelle|new|neu|nuevo|nueva|nuovo|nuova|novo|nova|premiere?|first|second|erst(?:e|er|termin|gesprach)|neukunde|stammkunde|stammgast|gast|gaste',
  // Booking
  'reservations?|reserva[s]?|reservierung|buchung(?:en)?|booking|bookings|prenotazion[ei]|ref|refs|reference|referencia|riferimento|referenz|dossier|file|akte|fascicolo|expediente|processo|conf|confirmation|confirmed|confirme|bestatigung|bestatigt|confirmacion|conferma|confermato|confirmado|tva|vat|mwst|ust|iva|facture|invoice|rechnung|factura|fattura|fatura|ticket|code|codigo|codice|id|iban|bic|siret|siren|secu|nir|ssn|dni|nif|nie|passport|passeport|pasaporte|passaporto|ausweis|folio|prix|price|preis|precio|prezzo|preco|total|totale|montant|amount|betrag|importe|importo|valor|solde|acompte|deposit|anzahlung|paye|paid|bezahlt|pagado|pagato|pago|unpaid|offen|tarif|rate|carte|card|karte|tarjeta|carta|cartao|cash|especes|euros?|eur|chf|usd|gbp|dates?|datum|fecha|data|heure|hour|time|uhr|uhrzeit|hora|ora|jour|day|tag|dia|giorno|langue|language|sprache|idioma|lingua|preferred|preferee?|nationalite|nationality|pays|country|land|pais|paese|ville|city|stadt|ciudad|citta|cidade|adresse|address|anschrift|direccion|indirizzo|endereco|postal|zip|plz|cap|cp|status|statut|stato|estado|etat|notes?|remarques?|commentaires?|comments?|bemerkung(?:en)?|observaciones|note|notas|observacoes|message|nachricht|mensaje|messaggio|mensagem|motif|reason|grund|motivo|objet|subject|betreff|asunto|oggetto|assunto|source|canal|channel|agence|agency|agentur|agencia|agenzia|expedia|airbnb|booking\\.com|doctolib|treatwell|planity|thefork|lafourchette|hotels\\.com|google|facebook|instagram|date de naissance|naissance|birth|born|ne|nee|geboren|geb|nacido|nacida|nato|nata|nascido|nascida|age|ans|jahre|anos|anni|years',
  // Jobs and relationships
  'reception|receptionist(?:e)?|rezeption|empfang|recepcion|ricezione|rececao|accueil|directeur|directrice|director[a]?|direktor(?:in)?|direttore|direttrice|diretor[a]?|manager|managerin|chef|chefe|jefe|jefa|capo|gerant[e]?|gerente|geschaftsfuhrer(?:in)?|responsable|responsabile|responsavel|assistante?|assistant|assistent(?:in)?|asistente|assistente|secretaire|secretary|sekretarin|sekretariat|secretaria|segretaria|commercial[e]?|vendeur|vendeuse|sales|verkauf|ventas|vendite|vendas|comptable|accountant|buchhalter(?:in)?|contable|contabile|ingenieur|engineer|ingeniero|ingegnere|avocat[e]?|lawyer|rechtsanwalt|abogad[oa]|avvocato|advogad[oa]|infirmier|infirmiere|nurse|krankenschwester|enfermer[oa]|infermier[ae]|dentiste|dentist|zahnarzt|zahnarztin|dentista|medecin|doctor|arzt|arztin|medico|medica|kinesitherapeute|technicien|technician|techniker|tecnico|ceo|cto|cfo|coo|hr|rh|marketing|support|service|services|team|equipe|equipo|abteilung|department|departement|mari|femme|epouse|epoux|husband|wife|ehemann|ehefrau|marido|mujer|moglie|marito|esposa|esposo|mere|pere|mother|father|mutter|vater|madre|padre|mae|pai|fils|fille|son|daughter|sohn|tochter|hijo|hija|figlio|figlia|filho|filha|frere|soeur|maman|papa|voisin|voisine',
  // Politeness and actions
  'secretariat|sekretariat|gentile|egregio|cher|chere|dear|geehrte[rn]?|lieber|estimad[oa]|querid[oa]|prezad[oa]|bonjour|bonsoir|salut|coucou|hello|hi|hey|hallo|guten|morgen|abend|hola|buenos|buenas|ciao|buongiorno|buonasera|ola|bom|boa|merci|thanks?|thank|danke|gracias|grazie|obrigad[oa]|cordialement|bien|regards|kind|best|sincerely|grusse|grusse|freundlichen|saludos|saluti|cordiali|cumprimentos|atenciosamente|svp|please|bitte|favor|rappeler|appeler|appelez|call|called|anrufen|ruckruf|llamar|chiamare|ligar|voici|mon|ma|mes|my|mein|meine|mi|mio|mia|meu|minha|est|is|ist|es|sono|sou|soy|je|i|ich|yo|io|eu|suis|am|bin|a|au|aux|at|an|am|bei|chez|pour|for|fur|para|per|avec|with|mit|con|com|et|and|und|e|y|ou|or|oder|o|sur|on|auf|sans|without|ohne|sin|senza|sem|annule|annulee|annulation|cancelled|canceled|cancel|storniert|cancelado|annullato|cancelada|absent|absente|no-?show|venu|venue|came|ok|oui|non|yes|no|ja|nein|si|sim|nao|begin|end|vcard|version|null|undefined|none|n/a|inconnu[e]?|unknown|unbekannt|desconocido|sconosciuto|desconhecido|anonyme|anonymous|anonym|prive|confidentiel',
  // Days and months
  'lun(?:di)?|mardi|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|samedi|dim(?:anche)?|monday|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lunes|martes|miercoles|jueves|viernes|sabado|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|segunda|terca|quarta|quinta|sexta|feira|janv(?:ier)?|fev(?:rier)?|mars|avr|juin|juil(?:let)?|aout|sept(?:embre|ember)?|oct(?:obre|ober)?|nov(?:embre|ember|iembre|embro)?|dec(?:embre|ember|iembre|embro)?|jan(?:uary|uar|eiro)|feb(?:ruary|ruar|rero|braio)?|march|marz|marzo|aprile|mayo|maggio|maio|juni|junio|giugno|junho|july|juli|luglio|julho|agosto|oktober|octubre|ottobre|outubro|dezember|dicembre|dezembro|dicembre|gennaio|enero|fevereiro|settembre|setembro|septiembre|demain|tomorrow|morgen|manana|domani|amanha|today|heute|hoy|oggi|hoje|aujourd.?hui|matin|morning|vormittag|nachmittag|afternoon|apres-?midi|soir|evening|midi|noon|mittag|minuit|semaine|week|woche',
  // Languages
  'french|francais|francaise|franzosisch|frances|francese|english|anglais|anglaise|englisch|ingles|inglese|german|allemand|allemande|deutsch|aleman|tedesco|alemao|spanish|espagnol|espagnole|spanisch|espanol|spagnolo|espanhol|italian|italien|italienne|italienisch|italiano|portuguese|portugais|portugaise|portugiesisch|portugues|portoghese',
  // Streets
  'rue|avenue|av|ave|bd|blvd|boulevard|chemin|place|impasse|allees?|route|quai|cours|square|passage|lotissement|residence|batiment|bat|street|st\\.|road|rd|lane|drive|via|viale|piazza|corso|vicolo|calle|avda|avenida|plaza|paseo|carretera|rua|praca|travessa|estrada|strasse|str|weg|platz|gasse|allee|cedex|bp',
].join('|');

/** Titles that belong to a name and precede it. */
const TITLES =
  'm|mm|mr|mrs|ms|miss|mme|mmes|mlle|melle|monsieur|madame|mademoiselle|messieurs|sir|madam|dr|dre|dra|drs|pr|prof|me|herr|herrn|frau|fr|hr|sr|sra|srta|senor|senora|senorita|don|dona|sig|sigra|signor|signora|signore|senhor|senhora|dott|dottssa|dottore|ing|avv|arq|fam|familie|famille|family|familia|famiglia';

/** Small words inside a name. */
const PARTICLES =
  "d|l|de|des|du|de la|la|le|les|van|von|vom|zu|zum|zur|der|den|ter|ten|te|del|della|dello|delle|dei|degli|di|da|das|do|dos|dal|dalla|y|e|i|el|al|bin|ibn|ben|bint|abu|af|av|st|ste|saint|sainte|san|santa|mac|mc|o|'t";

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const LABEL = whole(LABELS);
const MOBILE_LABEL = whole(MOBILE_LABELS);
const NAME_LABEL = whole(NAME_LABELS);
const PERSON_LABEL = whole(PERSON_LABELS);
const OTHER_WORD = whole(OTHER_WORDS);
const TITLE = whole(TITLES);
const PARTICLE = whole(PARTICLES);

/** Normalises a word to the spelling of the lists. */
function plainWord(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/œ/g, 'oe')
    .replace(/’/g, "'")
    .replace(/^[.:'-]+|[.:'-]+$/g, '');
}

/** Whether a word labels a number or a name: "Tél.", "Handynummer", "Client". */
export function isLabel(word: string): boolean {
  return LABEL.test(plainWord(word)) || isNameLabel(word);
}

/** Whether a word labels a mobile number: "Port.", "Handy". */
export function isMobileLabel(word: string): boolean {
  return MOBILE_LABEL.test(plainWord(word));
}

/** Whether words label a name: "Nom du client", "Guest name". */
export function isNameLabel(words: string): boolean {
  return NAME_LABEL.test(plainWord(words));
}

/** Whether words label a full name: "Client", "Booked by". */
export function isPersonLabel(words: string): boolean {
  return PERSON_LABEL.test(plainWord(words));
}

/** Whether a word is known to be in no name: "Détartrage", "Zimmer", "November". */
export function isOtherWord(word: string): boolean {
  return OTHER_WORD.test(plainWord(word)) || isLabel(word);
}

/** Whether a word is a title: "Mme", "Dr." */
export function isTitle(word: string): boolean {
  return TITLE.test(plainWord(word).replace(/\./g, ''));
}

/** Whether a word is a particle: "de", "van". */
export function isParticle(word: string): boolean {
  return PARTICLE.test(plainWord(word));
}
