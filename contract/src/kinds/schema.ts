import Type, { type TUnsafe } from 'typebox';

/** A string out of a list: `enum` as a CRD writes it, where a union of literals would not be structural. */
export function stringEnum<const T extends readonly string[]>(
  values: T,
  description: string,
): TUnsafe<T[number]> {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description });
}

/** Every object of the contract is closed: an unknown field is a typing error of a person, not a hint to ignore. */
export const closed = { additionalProperties: false } as const;

export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
export const time = Type.String({ description: 'RFC 3339, UTC' });
