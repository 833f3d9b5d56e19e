import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartCrd } from './chart-crds.ts';

const CRD = `# GENERATED
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: streamtests.streamswarm.dev
spec:
  group: streamswarm.dev
  description: "braces {{ and {x: {}}"
`;

test('a CRD becomes a template that can be left out and kept', () => {
  assert.equal(
    chartCrd(CRD),
    `{{- if .Values.crds.enabled }}
# GENERATED
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  {{- if .Values.crds.keep }}
  annotations:
    helm.sh/resource-policy: keep
  {{- end }}
  name: streamtests.streamswarm.dev
spec:
  group: streamswarm.dev
  description: "braces {{ "{{" }} and {x: {}}"
{{- end }}
`,
  );
});

test('annotations that are there already stay', () => {
  const annotated = CRD.replace('  name:', '  annotations:\n    a.example/b: c\n  name:');
  assert.match(
    chartCrd(annotated),
    / {2}annotations:\n {4}\{\{- if .*\n {4}helm.sh\/resource-policy: keep\n {4}\{\{- end \}\}\n {4}a\.example\/b: c\n/,
  );
});

test('the policy is there once, also where the CRD has it already', () => {
  const policy = '    helm.sh/resource-policy: keep';
  const alone = CRD.replace('spec:', `  annotations:\n${policy}\nspec:`);
  assert.equal(chartCrd(alone), chartCrd(CRD));
  const beside = CRD.replace('spec:', `  annotations:\n    a.example/b: c\n${policy}\nspec:`);
  assert.equal(chartCrd(beside).split(policy).length, 2);
});

test('annotations of a schema further down are none of the object', () => {
  const deeper = `${CRD}  schema:\n  annotations:\n    x: y\n`;
  assert.match(chartCrd(deeper), /metadata:\n {2}\{\{- if/);
});

test('what is no CRD in block style is refused', () => {
  assert.throws(() => chartCrd('metadata: {name: x}\n'), /block style/);
});
