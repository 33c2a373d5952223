import { app } from 'electron/main';
import { machineConfigFile, readManaged, type Managed } from '../settings/managed-config.ts';

/** What IT fixed for this PC: in the file that the command line names, else in the machine's own. */
export function managedHere(): Managed {
  const named = app.commandLine.getSwitchValue('config');
  return readManaged({
    named: named === '' ? undefined : named,
    machine: machineConfigFile(process.platform, process.env),
  });
}
