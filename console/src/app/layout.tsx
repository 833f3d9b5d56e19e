import '@fontsource-variable/ibm-plex-sans/wght.css';
import '@fontsource/ibm-plex-mono/latin-400.css';
import '@fontsource/ibm-plex-mono/latin-500.css';
import '../theme/tokens.css';
import '../theme/base.css';
import type { Metadata, Viewport } from 'next';
import { type ReactNode, Suspense } from 'react';
import { ApiProvider } from '../api/providers.tsx';
import { Shell } from '../components/shell/shell.tsx';
import { THEME_SCRIPT } from '../theme/chosen-theme.ts';

export const metadata: Metadata = {
  title: 'StreamSwarm',
  description: 'Network tests on every node and host, and what became of every sample.',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of our own, run before the first paint */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <ApiProvider>
          {/* The address is known in the browser only: the export holds no page for each of its states. */}
          <Suspense>
            <Shell>{children}</Shell>
          </Suspense>
        </ApiProvider>
      </body>
    </html>
  );
}
