const SAFE = new Set(['https:', 'http:', 'tel:', 'mailto:']);

/** `url` when following it can't run a script, else undefined. Bind every href through it. */
export function safeUrl(url: string): string | undefined {
  try {
    return SAFE.has(new URL(url, document.baseURI).protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/** A `tel:` link for a number as people write it; undefined for one that is masked or isn't a number. */
export function telUrl(phone: string): string | undefined {
  const dialled = phone.replace(/[\s()-]/g, '');
  return /^\+?\d{3,20}$/.test(dialled) ? `tel:${dialled}` : undefined;
}
