const POLICY = 'helm.sh/resource-policy: keep';
const KEPT = ['{{- if .Values.crds.keep }}', POLICY, '{{- end }}'];

/**
 * A CustomResourceDefinition as a template of the Helm chart: the same text, behind `crds.enabled`, and with the
 * annotation that makes Helm leave it at an uninstallation where `crds.keep` is set. `crd` is what stands in
 * crds/ (block style, `metadata:` in a line of its own); throws where it is not.
 */
export function chartCrd(crd: string): string {
  const lines = asTemplateText(crd.trimEnd()).split('\n');
  const start = lines.indexOf('metadata:') + 1;
  if (start === 0) throw new Error('no line says "metadata:" alone: is this a CRD in block style?');
  const length = lines.slice(start).findIndex((line) => !line.startsWith(' '));
  const metadata = lines.slice(start, length === -1 ? lines.length : start + length);
  return [
    '{{- if .Values.crds.enabled }}',
    ...lines.slice(0, start),
    ...withPolicy(metadata.filter((line) => line.trim() !== POLICY)),
    ...lines.slice(start + metadata.length),
    '{{- end }}',
    '',
  ].join('\n');
}

function withPolicy(metadata: readonly string[]): string[] {
  const at = metadata.indexOf('  annotations:');
  const hasOthers = at !== -1 && metadata[at + 1]?.startsWith('    ') === true;
  if (hasOthers) return metadata.toSpliced(at + 1, 0, ...KEPT.map((line) => `    ${line}`));
  // Without the policy, an empty list of annotations must not stay behind.
  const [begin = '', policy = '', end = ''] = KEPT;
  const rest = metadata.filter((_, line) => line !== at);
  return [`  ${begin}`, '  annotations:', `    ${policy}`, `  ${end}`, ...rest];
}

/** Only opening braces begin an action of Helm; closing ones outside of it are text. */
function asTemplateText(yaml: string): string {
  return yaml.replaceAll('{{', '{{ "{{" }}');
}
