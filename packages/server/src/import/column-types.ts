/** What a column may be declared to hold; each value is staged as the text it was. */
export const COLUMN_TYPES = ['text', 'int', 'decimal', 'date', 'yyyymmdd', 'flag'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

const LARGEST = 2n ** 63n - 1n;

interface Check {
  holds(text: string): boolean;
  /** What is said of a value that isn't. */
  message: string;
}

/** Whether a value fits its column's type. An empty one is unknown, and fits any. */
export const CHECKS: Readonly<Record<ColumnType, Check>> = {
  text: { holds: () => true, message: '' },
  int: {
    holds: (text) => {
      if (!/^-?\d{1,19}$/.test(text)) return false;
      return text.length < 19 || (BigInt(text) <= LARGEST && BigInt(text) >= -LARGEST - 1n);
    },
    message: 'must be a whole number, such as 1200',
  },
  decimal: {
    holds: (text) => /^-?\d{1,100}(\.\d{1,100})?$/.test(text),
    message: 'must be a number, such as 1200 or -0.25',
  },
  date: {
    holds: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && isDay(text),
    message: 'must be a date, such as 2026-11-30',
  },
  yyyymmdd: {
    holds: (text) =>
      /^\d{8}$/.test(text) && isDay(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`),
    message: 'must be a date, such as 20261130',
  },
  flag: { holds: (text) => text === '0' || text === '1', message: 'must be 0 or 1' },
};

/** Whether the calendar has the day, which JavaScript would otherwise move to the next month. */
function isDay(iso: string): boolean {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return iso >= '0001' && !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}
