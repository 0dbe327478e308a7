// `npm run restore -- FILE`: the same as `berth restore FILE`.
process.argv.splice(2, 0, 'restore');
await import('./berth.mjs');
