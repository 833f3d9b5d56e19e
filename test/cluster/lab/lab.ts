// `npm run lab -- up [--nodes 3] | load FILE... | shell | down`: a cluster that stays until `down`.
import { parseArgs } from 'node:util';
import { bringUp } from './bring-up.ts';
import { loadImages } from './load-images.ts';
import { openShell } from './open-shell.ts';
import { takeDown } from './take-down.ts';

const USAGE = `usage: npm run lab -- up [--nodes 3]    a real cluster on this machine, until "down"
       npm run lab -- load FILE...      loads image archives into every node
       npm run lab -- shell             a shell with KUBECONFIG, kubectl and helm
       npm run lab -- down              takes all of it away
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { nodes: { type: 'string', default: '3' }, help: { type: 'boolean', default: false } },
    });
    const [command, ...rest] = positionals;
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    switch (command) {
      case 'up':
        return await bringUp(values.nodes);
      case 'load':
        return await loadImages(rest);
      case 'shell':
        return await openShell();
      case 'down':
        return await takeDown();
      default:
        process.stderr.write(USAGE);
        return 2;
    }
  } catch (error) {
    process.stderr.write(`lab: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
