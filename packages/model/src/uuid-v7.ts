const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether an id is one that a device makes (RFC 9562, version 7, lower case). */
export function isUuidV7(id: string): boolean {
  return UUID_V7.test(id);
}
