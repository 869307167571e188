/** The names in the contract of this preload script's page, written here by the build (vite.config.ts). */
declare const CONTRACT_NAMES: import('../contract/contract.ts').Names
