import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Header } from '@/components/header/header';
import { UndoOffer } from '@/components/undo/undo-offer';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Berth', template: '%s · Berth' },
  description: 'A container registry: find, understand and pull images.',
  robots: { index: false },
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf8' },
    { media: '(prefers-color-scheme: dark)', color: '#111416' },
  ],
};

/** Every page depends on who looks, and carries a nonce of its own. */
export const dynamic = 'force-dynamic';

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <a
          className="sr-only z-50 rounded-m bg-panel px-4 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
          href="#content"
        >
          Skip to the content
        </a>
        <Header />
        <main className="mx-auto max-w-[1180px] px-4 pt-[26px] pb-16 sm:px-5" id="content" tabIndex={-1}>
          {children}
        </main>
        <UndoOffer />
      </body>
    </html>
  );
}
