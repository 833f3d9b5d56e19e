import { CopyButton } from '../../components/command/command-line.tsx';
import css from './settings.module.css';

/** A secret that is shown this once. */
export function SecretBox({ title, secret }: { readonly title: string; readonly secret: string }) {
  return (
    <div className={css['secret']} role="status">
      <b>{title}</b>
      <code>{secret}</code>
      <span>
        <CopyButton text={secret} /> It is not shown again: only its hash is stored.
      </span>
    </div>
  );
}
