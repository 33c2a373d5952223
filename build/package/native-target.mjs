// Reads the platform and architecture of a native module from its first bytes.

/** https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const ELF = {
  magic: 0x7f454c46,
  machineAt: 18,
  machines: { 0x3e: 'linux-x64', 0xb7: 'linux-arm64' },
};

/** https://learn.microsoft.com/windows/win32/debug/pe-format */
const PE = {
  magic: 0x4d5a,
  headerAt: 0x3c,
  machines: { 0x8664: 'win32-x64', 0xaa64: 'win32-arm64' },
};

/** Mach-O, 64 bits, little endian: mach/machine.h */
const MACH_O = {
  magic: 0xfeedfacf,
  machineAt: 4,
  machines: { 0x0100_0007: 'darwin-x64', 0x0100_000c: 'darwin-arm64' },
};

/** @param {Readonly<Record<number, string>>} machines @param {number} machine */
const named = (machines, machine) => machines[machine];

/**
 * @param {Buffer} bytes of a whole file
 * @returns {string | undefined} platform and architecture; undefined if it is no module for a known machine
 */
export const machineOf = (bytes) => {
  if (bytes.length < 64) return undefined;
  if (bytes.readUInt32BE(0) === ELF.magic) {
    return named(ELF.machines, bytes.readUInt16LE(ELF.machineAt));
  }
  if (bytes.readUInt32LE(0) === MACH_O.magic) {
    return named(MACH_O.machines, bytes.readUInt32LE(MACH_O.machineAt));
  }
  if (bytes.readUInt16BE(0) === PE.magic) {
    const header = bytes.readUInt32LE(PE.headerAt);
    // After the signature "PE\0\0".
    if (header + 6 > bytes.length) return undefined;
    return named(PE.machines, bytes.readUInt16LE(header + 4));
  }
  return undefined;
};
