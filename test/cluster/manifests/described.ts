interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
}

/** Paths of the fields of a CRD that have nothing to say; metadata is described by the API server itself. */
export function undescribed(crd: {
  spec: { versions: { schema: { openAPIV3Schema: Schema } }[] };
}): string[] {
  return crd.spec.versions.flatMap(({ schema }) => {
    const { metadata: _, ...properties } = schema.openAPIV3Schema.properties ?? {};
    return below({ ...schema.openAPIV3Schema, properties }, '');
  });
}

function below(schema: Schema, path: string): string[] {
  const children = [
    ...Object.entries(schema.properties ?? {}),
    ...(schema.items === undefined ? [] : [['[]', schema.items] as const]),
    ...(schema.additionalProperties === undefined ? [] : [['*', schema.additionalProperties] as const]),
  ];
  return [
    ...(schema.description === undefined || schema.description.trim().length < 5 ? [path] : []),
    ...children.flatMap(([name, child]) => below(child, `${path}.${name}`)),
  ];
}
