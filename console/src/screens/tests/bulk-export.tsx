'use client';

import type { TestDetail, TestSummary } from '@streamswarm/contract/wire/views';
import { useMutation } from '@tanstack/react-query';
import { exportPath, testPath } from '../../api/queries.ts';
import { fetchFile, getJson } from '../../api/request.ts';
import { saveFile } from '../../components/files/save-file.ts';
import menu from '../../components/menu/menu.module.css';
import { ActionItem, Menu } from '../../components/menu/menu.tsx';
import { manifestYaml } from '../../components/yaml/manifest-yaml.ts';
import { rangeParameters } from '../../url/range.ts';
import { useRange } from '../../url/use-query-state.ts';

/** Files of the selected tests. Raw samples are of one probe: the page of a test has them. */
export function BulkExport({ tests }: { readonly tests: readonly TestSummary[] }) {
  const time = rangeParameters(useRange());
  // One after the other: the operator makes two reports at a time, for everybody.
  const reports = useMutation({
    mutationFn: async () => {
      for (const test of tests) saveFile(await fetchFile(exportPath(test, { format: 'pdf', ...time })));
    },
  });
  const manifests = useMutation({
    mutationFn: async () => {
      const details = await Promise.all(tests.map((test) => getJson<TestDetail>(testPath(test))));
      const content = new Blob([details.map(({ manifest }) => manifestYaml(manifest)).join('---\n')], {
        type: 'application/yaml',
      });
      saveFile({ name: 'streamtests.yaml', content });
    },
  });
  const files = tests.length === 1 ? '1 file' : `${tests.length} files`;
  const error = reports.error ?? manifests.error;
  return (
    <Menu label="Export" shortcut="E" opens="up">
      {(close) => (
        <>
          <ActionItem
            text={reports.isPending ? 'PDF reports …' : 'PDF reports'}
            note={files}
            onChoose={() => reports.mutate(undefined, { onSuccess: close })}
          />
          <ActionItem
            text="Manifests, YAML"
            note="1 file"
            onChoose={() => manifests.mutate(undefined, { onSuccess: close })}
          />
          {error === null ? null : (
            <p className={menu['problem']} role="alert">
              {error.message}
            </p>
          )}
        </>
      )}
    </Menu>
  );
}
