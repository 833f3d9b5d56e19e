'use client';

import { formatCount } from '@streamswarm/contract/format/numbers';
import type { Results } from '@streamswarm/contract/wire/views';
import { useMutation } from '@tanstack/react-query';
import { exportPath, type TestName, useTestResults } from '../../api/queries.ts';
import { fetchFile } from '../../api/request.ts';
import { saveFile } from '../../components/files/save-file.ts';
import menu from '../../components/menu/menu.module.css';
import { ActionItem, DownloadItem, Menu } from '../../components/menu/menu.tsx';
import { copyLink } from '../../components/shell/copy-link.ts';
import { rangeParameters } from '../../url/range.ts';
import { useRange } from '../../url/use-query-state.ts';
import { BAND } from './band-frame.ts';
import { countRows } from './count-rows.ts';
import type { ViewChoice } from './view-choice.ts';
import { viewCsv } from './view-csv.ts';

/** What is shown as a file: the same time, probe and filter. */
export function ExportMenu({ name, choice }: { readonly name: TestName; readonly choice: ViewChoice }) {
  const range = useRange();
  const { probe, destination, from: agent } = choice;
  const time = rangeParameters(range);
  const samples = (format: string): string =>
    exportPath(name, { format, ...time, probe, destination, agent });
  const shown = useShown(name, choice);
  const rows = rowsWords(shown, choice);
  const report = useMutation({
    mutationFn: async () => saveFile(await fetchFile(exportPath(name, { format: 'pdf', ...time }))),
  });
  return (
    <Menu label="Export">
      {(close) => (
        <>
          {shown === undefined ? null : (
            <ActionItem
              text="CSV, this view"
              note={`${formatCount(shown.steps * shown.series.length)} rows`}
              onChoose={() => {
                saveFile({
                  name: `${name.namespace}-${name.name}-${shown.probe}-${shown.metric}.csv`,
                  content: new Blob([viewCsv(shown)], { type: 'text/csv' }),
                });
                close();
              }}
            />
          )}
          <DownloadItem text="CSV, raw samples" note={rows} href={samples('csv')} onDone={close} />
          <DownloadItem text="JSON, raw samples" note={rows} href={samples('json')} onDone={close} />
          <ActionItem
            text={report.isPending ? 'PDF report …' : 'PDF report'}
            note="of the whole test"
            onChoose={() => report.mutate(undefined, { onSuccess: close })}
          />
          {report.error === null ? null : (
            <p className={menu['problem']} role="alert">
              {report.error.message}
            </p>
          )}
          <hr />
          <ActionItem
            text="Copy link to this view"
            note="Y"
            onChoose={() => {
              close();
              void copyLink();
            }}
          />
        </>
      )}
    </Menu>
  );
}

/** What the large chart draws: it has asked the same already. */
function useShown(name: TestName, choice: ViewChoice): Results | undefined {
  return useTestResults(name, {
    range: useRange(),
    probe: choice.probe ?? '',
    metric: choice.metric,
    without: choice.off,
    destination: choice.destination,
    by: 'none',
    width: BAND.points,
    enabled: choice.probe !== null,
  }).data;
}

function rowsWords(shown: Results | undefined, { from, off }: ViewChoice): string | null {
  // Of one agent alone nobody has counted them, and the file holds those that are off too.
  const rows = shown === undefined || from !== null || off.length > 0 ? null : countRows(shown);
  return rows === null ? null : `about ${formatCount(rows)} rows`;
}
