/** What keeps the checks from being run at all: a file of tokens that can't be used, no server. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
}
