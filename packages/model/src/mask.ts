// Masks after masking.json. None can be undone, and none shows the whole of what it masks. Anything
// may come in; an empty text stays empty.

export { maskName } from './mask-name.js';

/** What an amount reads as until its owner asks to see it. */
export const HIDDEN_AMOUNT = '******';

/** `138****5678`; with fewer than eleven digits four stars and the last two. */
export function maskPhone(phone: string): string {
  const digits = digitsOf(phone).replace(/^(?:00)?86(?=1\d{10}$)/, '');
  if (digits.length >= 11) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return empty(phone) ? '' : `****${digits.length > 2 ? digits.slice(-2) : ''}`;
}

/** `110***********1234`; of any other document all but the last four characters are stars. */
export function maskIdCard(document: string): string {
  const characters = [...clean(document)].slice(0, 32);
  const shown = characters.length === 18 ? 3 : 0;
  const tail = characters.length > 4 ? 4 : 0;
  return (
    characters.slice(0, shown).join('') +
    '*'.repeat(characters.length - shown - tail) +
    characters.slice(characters.length - tail).join('')
  );
}

/** `6225 **** **** 5678` for the owner, whatever the length; in a list the last four digits alone. */
export function maskCardNo(cardNo: string, view: 'owner' | 'list' = 'owner'): string {
  const digits = digitsOf(cardNo);
  if (empty(cardNo)) return '';
  // A card has 12 digits at least; of something shorter more than half would show.
  if (digits.length < 12) return '****';
  const last = digits.slice(-4);
  return view === 'list' ? last : `${digits.slice(0, 4)} **** **** ${last}`;
}

/** `z***@example.com`; without an address in it only stars. */
export function maskEmail(email: string): string {
  const address = clean(email);
  if (address === '') return '';
  const at = address.lastIndexOf('@');
  const [first] = address;
  return at < 0 ? '***' : `${at === 0 ? '' : first}***${address.slice(at, at + 254)}`;
}

const PLACE = '[^省市区县旗盟\\d\\s]';
const DISTRICT = new RegExp(
  `^(?:${PLACE}{2,8}?(?:省|自治区|特别行政区|市))?(?:${PLACE}{1,10}?(?:市|自治州|盟|地区))?` +
    `${PLACE}{1,12}?(?:区|县|旗|市)`,
  'u',
);
/** Ends of places that are smaller than a district. */
const NO_DISTRICT = /[小社园校院厂营新景]区$/u;

/** `北京市海淀区****`: to the district or county; only stars where none is found. */
export function maskAddress(address: string): string {
  const text = clean(address);
  if (text === '') return '';
  const found = DISTRICT.exec(text)?.[0] ?? '';
  return `${NO_DISTRICT.test(found) ? '' : found}****`;
}

/** `****-03-07` of an ISO date; only stars where it is none. */
export function maskBirthday(birthday: string): string {
  if (empty(birthday)) return '';
  const monthAndDay = /^\d{4}(-\d{2}-\d{2})$/.exec(clean(birthday))?.[1];
  return `****${monthAndDay ?? '-**-**'}`;
}

/** Full-width forms made plain; without control characters, halves of characters and outer space. */
function clean(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}

function digitsOf(text: string): string {
  return clean(text).replace(/\D/g, '');
}

function empty(text: string): boolean {
  return text.trim() === '';
}
