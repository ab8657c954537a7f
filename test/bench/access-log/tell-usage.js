/** Tells whoever started the process what it has used of a processor, whenever it is asked. */
process.on('message', () => process.send(process.cpuUsage()));
