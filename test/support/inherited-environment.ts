/** What a program gets of this process's environment: a `BERTH_` variable of the tests is none that Berth knows. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BERTH_')));
}
