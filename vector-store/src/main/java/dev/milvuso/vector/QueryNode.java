package dev.milvuso.vector;

/**
 * A process that answers a collection's searches, and what it has to do.
 *
 * @param name as the store calls it
 * @param address under which the store's other processes know it; nothing of this process
 * @param cores that it sees
 * @param cpu part of all cores that is at work, 0 to 1; of a server's the whole machine's
 * @param memoryUsed in bytes
 * @param memory it may take, in bytes
 * @param running searches and queries, of any collection, that are being answered
 * @param waiting searches and queries that are not begun
 */
public record QueryNode(
        String name, String address, int cores, double cpu, long memoryUsed, long memory, long running, long waiting) {}
