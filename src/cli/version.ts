import packageJson from '../../package.json' with { type: 'json' };

/** Version of this copy of `prd`. */
export const version: string = packageJson.version;
