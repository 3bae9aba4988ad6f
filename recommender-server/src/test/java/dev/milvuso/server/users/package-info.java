/** Tests of the classes of this package. */
@NullMarked
package dev.milvuso.server.users;

import org.jspecify.annotations.NullMarked;
