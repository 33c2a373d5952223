import { loadHolidays } from '../../../electron/os/holidays.ts';

// Which of these days France keeps, in whatever time zone this process runs.

const { isHoliday } = await loadHolidays();
const days = ['2026-07-13', '2026-07-14', '2026-07-15', '2026-04-06'];
process.stdout.write(days.map((day) => isHoliday({ country: 'FR', region: null }, day)).join());
