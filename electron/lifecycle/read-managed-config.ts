import { app } from 'electron/main';
import {
  machineConfigFile,
  readManagedConfig,
  type ManagedConfig,
} from '../settings/managed-config.ts';

/** Reads the managed configuration of this PC: the file named on the command line, else the machine-wide one. */
export function readManagedConfigHere(): ManagedConfig {
  const named = app.commandLine.getSwitchValue('config');
  return readManagedConfig({
    named: named === '' ? undefined : named,
    machine: machineConfigFile(process.platform, process.env),
  });
}
