import { forwardOperator } from '../kubectl/port-forward.ts';
import { createKubectlProgram, needsOperator } from '../kubectl/program.ts';
import { processRoom, runToEnd } from '../process-room.ts';

// A reader that goes away (`| head`) leaves nothing to do.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit());

const room = processRoom(process);
await runToEnd(room, async () => {
  if (!needsOperator(process.argv.slice(2))) {
    await createKubectlProgram(room).parseAsync();
    return;
  }
  const forward = await forwardOperator(process.env['STREAMSWARM_OPERATOR_NAMESPACE'] || 'streamswarm');
  // The options read their defaults there.
  process.env['STREAMSWARM_SERVER'] = forward.url;
  try {
    await createKubectlProgram(room).parseAsync();
  } finally {
    forward.stop();
  }
});
