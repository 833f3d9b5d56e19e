/** A table in the words of information_schema. */
export interface SchemaTable {
  readonly columns: readonly SchemaColumn[];
  readonly keys: readonly SchemaKey[];
}

export interface SchemaColumn {
  readonly name: string;
  /** Postgres's name of the type, such as int8. */
  readonly type: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
}

export interface SchemaKey {
  readonly kind: 'primary key' | 'unique' | 'foreign key';
  readonly columns: readonly string[];
  /** The other table of a foreign key, and what happens here when its row goes. */
  readonly references: string | null;
  readonly onDelete: string | null;
}

/** What a column is where `@db` says nothing (Prisma's manual, PostgreSQL, type mapping). */
const TYPES: Readonly<Record<string, string>> = {
  BigInt: 'int8',
  Boolean: 'bool',
  Bytes: 'bytea',
  Json: 'jsonb',
  String: 'text',
};
const ON_DELETE: Readonly<Record<string, string>> = { Cascade: 'cascade', NoAction: 'no action' };

interface Model {
  readonly name: string;
  readonly table: string;
  readonly body: string;
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly attributes: string;
}

/** The tables that a schema.prisma tells of, by name; throws at a type or rule that it does not know. */
export function schemaTables(schema: string): Map<string, SchemaTable> {
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(
    ([, name = '', body = '']): Model => ({ name, body, table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name }),
  );
  return new Map(models.map((model) => [model.table, tableOf(model, models)]));
}

function tableOf({ body }: Model, models: readonly Model[]): SchemaTable {
  const fields = [...body.matchAll(/^ {2}(\w+) +(\w+)(\?|\[\])?(.*)$/gm)].map(
    ([, name = '', type = '', suffix, attributes = '']): Field => ({
      name,
      type,
      isOptional: suffix === '?',
      attributes,
    }),
  );
  const columns = fields.filter(({ type }) => !models.some(({ name }) => name === type));
  const named = (list: string) =>
    list.split(', ').map((name) =>
      columnName(
        known(
          fields.find((field) => field.name === name),
          name,
        ),
      ),
    );
  const key = (kind: SchemaKey['kind'], list: string): SchemaKey => {
    return { kind, columns: named(list), references: null, onDelete: null };
  };
  return {
    columns: columns.map(columnOf),
    keys: [
      ...columns
        .filter(({ attributes }) => / @id\b/.test(attributes))
        .map(({ name }) => key('primary key', name)),
      ...[...body.matchAll(/@@id\(\[(.*?)\]/g)].map(([, list = '']) => key('primary key', list)),
      ...columns
        .filter(({ attributes }) => / @unique\b/.test(attributes))
        .map(({ name }) => key('unique', name)),
      ...fields.flatMap(({ type, attributes }): SchemaKey[] => {
        const [, list, rule = ''] = /@relation\(fields: \[(.*?)\].*onDelete: (\w+)/.exec(attributes) ?? [];
        if (list === undefined) return [];
        const references = known(models.find(({ name }) => name === type)?.table, type);
        return [{ ...key('foreign key', list), references, onDelete: known(ON_DELETE[rule], rule) }];
      }),
    ],
  };
}

function columnOf(field: Field): SchemaColumn {
  const native = /@db\.(\w+)/.exec(field.attributes)?.[1]?.toLowerCase();
  return {
    name: columnName(field),
    type: native ?? known(TYPES[field.type], field.type),
    nullable: field.isOptional,
    hasDefault: / @default\(/.test(field.attributes),
  };
}

function columnName({ name, attributes }: Field): string {
  return / @map\("(\w+)"\)/.exec(attributes)?.[1] ?? name;
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the schema says ${what}, which this reader does not know`);
  return value;
}
