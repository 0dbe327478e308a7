import path from 'node:path';
import type { NextConfig } from 'next';

const checkout = path.join(import.meta.dirname, '../..');

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: checkout,
  turbopack: { root: checkout },
  poweredByHeader: false,
  htmlLimitedBots: /.*/,
  reactStrictMode: true,
  devIndicators: false,
  agentRules: false,
  typescript: { ignoreBuildErrors: true }, // `npm run check` looks for them
  images: { unoptimized: true },
  experimental: { serverActions: { bodySizeLimit: '1mb' } },
};

export default config;
