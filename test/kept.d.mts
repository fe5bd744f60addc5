/**
 * The path of a file or folder that is made once and used by every process from then on: `make` writes
 * it to the path that it is given. It lies in node_modules/.cache; what nobody used for days goes.
 */
export function kept(name: string, make: (path: string) => void | Promise<void>): Promise<string>;

/**
 * The bytes of a file, for whoever takes a Blob and asks for its `arrayBuffer`, once; a real one would
 * copy them twice.
 */
export function fileBlob(path: string): Blob;
