import Type from 'typebox';

const DEFAULT_LIMIT = 100;

export const eventParameters = {
  since: Type.Optional(Type.Integer({ minimum: 0, description: 'Only events with a greater id.' })),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000, description: `Newest first. Absent: ${DEFAULT_LIMIT}.` }),
  ),
};

export function eventPage({ since, limit }: { readonly since?: number; readonly limit?: number }) {
  return { limit: limit ?? DEFAULT_LIMIT, ...(since === undefined ? {} : { since }) };
}
