package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Id;

/**
 * A finished file of an export.
 *
 * @param partition whose rows it holds
 * @param rows at least one
 * @param bytes its length
 * @param sha256 of its bytes, 64 hexadecimal digits
 * @param last its last row's key
 */
record Part(String file, String partition, long rows, long bytes, String sha256, Id last) {
    static String name(int number, ExportFormat format) {
        return "part-%06d%s".formatted(number, format.suffix());
    }
}
