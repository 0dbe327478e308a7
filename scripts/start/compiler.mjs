// Nest's compiler in watch mode, as a process that ends with the one that has begun it, however that ends.
process.once('disconnect', () => process.exit());
process.argv.push('build', 'registry-api', '--watch');
await import('../../node_modules/@nestjs/cli/bin/nest.js');
