// Started by keeper.ts when the owner of the lab has ended: `node remove-abandoned-lab.ts LAB-FOLDER`.
import { removeLab } from './remove-lab.ts';

const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('usage: remove-abandoned-lab.ts LAB-FOLDER');
await removeLab(dir);
