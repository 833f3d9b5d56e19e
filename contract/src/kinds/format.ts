/**
 * What a single value must look like beyond its type. `ok` and `cel` say the same: the one where there is no
 * cluster, the other in the API server.
 */
export interface Format {
  /** What is allowed, in the words that a refusal ends with and that `kubectl explain` shows. */
  readonly message: string;
  ok(value: unknown): boolean;
  /** CEL over `self`. */
  readonly cel: string;
}

/** A format of texts. */
export function textFormat(message: string, cel: string, ok: (text: string) => boolean): Format {
  return { message, cel, ok: (value) => typeof value === 'string' && ok(value) };
}
