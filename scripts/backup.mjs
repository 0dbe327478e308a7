// `npm run backup -- FILE`: the same as `berth backup FILE`.
process.argv.splice(2, 0, 'backup');
await import('./berth.mjs');
