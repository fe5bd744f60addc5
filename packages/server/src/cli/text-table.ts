/** Chinese, Japanese and Korean letters and full-width signs, which take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/gu;

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

/** Rows as aligned columns: numbers, percentages and signs for none to the right, texts to the left; the first row is the head. */
export function textTable(rows: readonly (readonly (string | number)[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const cells = rows.map((row) => row.map(String));
  const isNumber = Array.from({ length: columns }, (_, at) =>
    rows
      .slice(1)
      .every(
        (row) => typeof (row[at] ?? 0) === 'number' || /^([\d.]+%|·|—)$/.test(String(row[at])),
      ),
  );
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...cells.map((row) => widthOf(row[at] ?? ''))),
  );
  return cells
    .map((row) =>
      row
        .map((cell, at) => {
          const fill = ' '.repeat(widths[at]! - widthOf(cell));
          return isNumber[at] === true ? fill + cell : cell + fill;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
