import { app } from 'electron/main';
import {
  machineConfigFile,
  readManagedConfig,
  type ManagedConfig,
} from '../settings/managed-config.ts';

/** What IT fixed for this PC: in the file that the command line names, else in the machine's own. */
export function readManagedConfigHere(): ManagedConfig {
  const named = app.commandLine.getSwitchValue('config');
  return readManagedConfig({
    named: named === '' ? undefined : named,
    machine: machineConfigFile(process.platform, process.env),
  });
}
