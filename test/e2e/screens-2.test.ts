import { checkScenes } from './check-scenes.ts';

checkScenes(2);
