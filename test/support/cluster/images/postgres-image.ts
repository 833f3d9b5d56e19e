import { readFileSync } from 'node:fs';
import { buildah, commitImage, imageId } from './buildah.ts';
import { debianImage } from './debian-image.ts';
import { recipeHash } from './recipe-hash.ts';

export const POSTGRES_IMAGE = 'docker.io/streamswarm-lab/postgres:15';
const ENTRYPOINT = new URL('postgres-entrypoint.sh', import.meta.url).pathname;
/** Uid and gid of the official image, which the chart names. */
const POSTGRES_ID = 999;
const BINARIES = '/usr/lib/postgresql/15/bin';

const INSTALL = [
  'set -e',
  `groupadd --gid ${POSTGRES_ID} postgres`,
  `useradd --uid ${POSTGRES_ID} --gid postgres --home-dir /var/lib/postgresql --create-home postgres`,
  'export DEBIAN_FRONTEND=noninteractive',
  'apt-get update -qq',
  // Debian's package would make a cluster of its own while it is installed.
  'apt-get install -y -qq --no-install-recommends postgresql-common',
  'echo "create_main_cluster = false" >> /etc/postgresql-common/createcluster.conf',
  'apt-get install -y -qq --no-install-recommends postgresql-15',
  // A third of the image, for a compiler that only long queries would use; Postgres does without it by itself.
  'rm -rf /usr/lib/*/libLLVM* /usr/lib/postgresql/15/lib/llvmjit* /usr/lib/postgresql/15/lib/bitcode',
  'rm -rf /var/lib/apt/lists/* /var/cache/apt/* /usr/share/doc /usr/share/man /usr/share/locale',
  'mkdir -p /var/run/postgresql /var/lib/postgresql/data',
  'chown postgres:postgres /var/run/postgresql /var/lib/postgresql /var/lib/postgresql/data',
].join('\n');

/** Debian's Postgres 15, told what to do by the variables of the official image; returns its id. */
export async function postgresImage(): Promise<string> {
  const debian = await debianImage();
  const recipe = recipeHash({ debian, install: INSTALL, entrypoint: readFileSync(ENTRYPOINT, 'utf8') });
  const known = await imageId(POSTGRES_IMAGE, recipe);
  if (known !== null) return known;
  const config = [
    ...['--env', `PATH=${BINARIES}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`],
    ...['--env', 'PGDATA=/var/lib/postgresql/data', '--user', `${POSTGRES_ID}:${POSTGRES_ID}`],
    ...['--entrypoint', '["/usr/local/bin/postgres-entrypoint.sh"]', '--cmd', '', '--port', '5432'],
    // "Fast shutdown": SIGTERM would wait for every client to leave.
    ...['--stop-signal', 'SIGINT'],
  ];
  await commitImage(POSTGRES_IMAGE, { from: debian, recipe, config }, async (container) => {
    await buildah('run', container, '--', 'sh', '-c', INSTALL);
    const target = '/usr/local/bin/postgres-entrypoint.sh';
    await buildah('copy', '--quiet', '--chmod', '755', container, ENTRYPOINT, target);
  });
  const id = await imageId(POSTGRES_IMAGE, recipe);
  if (id === null) throw new Error(`buildah has committed ${POSTGRES_IMAGE} and does not find it`);
  return id;
}
