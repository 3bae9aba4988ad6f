/** Files into requests. */
@NullMarked
package dev.milvuso.standalone.importing;

import org.jspecify.annotations.NullMarked;
