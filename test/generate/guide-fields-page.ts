import { DATA_FIELDS, measuredField } from '@streamswarm/operator/guide/guide-fields';
import { SUBMITTED_FIELDS } from '@streamswarm/operator/guide/submitted-fields';
import { code, page, table } from './markdown.ts';

/** docs/reference/guide-fields.md: every field of the guide's API, and what answers it. */
export function guideFieldsPage(): string {
  const series = new Map<string, string>(Object.entries(DATA_FIELDS).map(([name, field]) => [field, name]));
  return page(
    '# Fields of the guide’s API',
    'What each field of the usage guide is measured by. A field that nothing measures yet is `null`, with `unsupported` as its reason; what a script submits under its name is kept and shown as submitted. How the API is used stands in [the guide’s API](../guide-api.md), the metrics in [probes](probes.md).',
    table(
      ['Field', 'Unit', 'Measured by', 'Its unit here', 'Name in `/api/test/{id}/data`'],
      [...SUBMITTED_FIELDS].map((field) => row(field, series.get(field) ?? '')),
    ),
  );
}

function row(field: string, series: string): string[] {
  if (field === 'swap_percent') {
    return [code(field), '%', '`host.swap_used_bytes` of `host.swap_total_bytes`', 'bytes', code(series)];
  }
  const source = measuredField(field);
  if (source === null) return [code(field), '', 'nothing in this version', '', code(series)];
  const { probe, metric } = source;
  return [code(field), metric.guideUnit ?? '', code(`${probe}.${metric.name}`), metric.unit, code(series)];
}
