/** How an option is written in a form. */
export type OptionInput = 'text' | 'long-text' | 'number' | 'choice' | 'flag' | 'list' | 'pairs';

export interface OptionField {
  readonly name: string;
  readonly input: OptionInput;
  /** What it is for. */
  readonly meaning: string;
  /** What holds where nothing is written; empty where the contract says nothing of it. */
  readonly absent: string;
  /** What may be written, in short; empty where anything may. */
  readonly allowed: string;
  readonly choices: readonly string[];
  /** Entries of a list are numbers. */
  readonly isNumeric: boolean;
}

/** What is read of the schema of a probe's options, as the catalogue has it. */
interface OptionSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly OptionSchema[];
  readonly items?: OptionSchema;
  readonly properties?: Readonly<Record<string, OptionSchema>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly 'x-duration'?: { readonly min: string; readonly max: string };
}

/** A longer text gets more than a line. */
const LINE_LENGTH = 1_024;

/** The fields of a probe's options, in the order of its schema; those that no field can edit stay in the YAML. */
export function optionFields(schema: unknown): OptionField[] {
  const { properties = {} } = (schema ?? {}) as OptionSchema;
  return Object.entries(properties).flatMap(([name, option]) => {
    const input = inputOf(option);
    if (input === null) return [];
    const { meaning, absent } = sentencesOf(option.description ?? '');
    return [
      {
        name,
        input,
        meaning,
        absent,
        allowed: allowedOf(option),
        choices: option.enum ?? [],
        isNumeric: isNumber(option.items ?? option),
      },
    ];
  });
}

/** The sentence that begins with "Absent:" says what holds without it; the others what it is for. */
function sentencesOf(description: string): { meaning: string; absent: string } {
  const [meaning = '', rest = ''] = description.split(/ ?Absent: /);
  const [absent = '', ...more] = rest.split(/\. /);
  return { meaning: [meaning, ...more].join(' ').trim(), absent: absent.replace(/\.$/, '') };
}

function inputOf(option: OptionSchema): OptionInput | null {
  if (option.enum !== undefined) return 'choice';
  if (option.type === 'boolean') return 'flag';
  if (isNumber(option)) return 'number';
  if (option.anyOf?.some(isNumber)) return 'number';
  if (option.type === 'array') return listInput(option.items ?? {});
  if (option.type === 'string') return (option.maxLength ?? 0) > LINE_LENGTH ? 'long-text' : 'text';
  return null;
}

/** Lists of plain values, and lists of names with their values. */
function listInput(items: OptionSchema): OptionInput | null {
  if (items.type === 'string' || isNumber(items)) return 'list';
  return Object.keys(items.properties ?? {}).join() === 'name,value' ? 'pairs' : null;
}

function isNumber({ type }: OptionSchema): boolean {
  return type === 'integer' || type === 'number';
}

function allowedOf(option: OptionSchema): string {
  const bounds = option['x-duration'];
  if (bounds !== undefined) return `${bounds.min} … ${bounds.max}`;
  const { minimum, maximum } = option.items ?? option;
  return minimum === undefined || maximum === undefined ? '' : `${minimum} … ${maximum}`;
}
