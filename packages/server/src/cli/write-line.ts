import { once } from 'node:events';

/** Writes a record as a line of NDJSON, and waits when the reader is slower than the writer. */
export async function writeLine(stream: NodeJS.WritableStream, record: object): Promise<void> {
  if (!stream.write(`${JSON.stringify(record)}\n`)) await once(stream, 'drain');
}
