/** What the import benches take from the product, in one file that plain Node can run. */
export { createMediaWorker } from '../../../main/daemon/assets/media/create-media-worker'
export { nodeMediaForker } from '../../../main/daemon/assets/media/fork-node-media'
