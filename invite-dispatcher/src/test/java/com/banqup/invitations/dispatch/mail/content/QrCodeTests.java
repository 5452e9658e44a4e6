package com.banqup.invitations.dispatch.mail.content;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

import javax.imageio.ImageIO;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QrCodeTests {

	@Test
	void readsBackAsTheTextWithErrorCorrectionM() throws Exception {
		QrCode code = QrCode.of("https://invite.banqup.example/i/AQGZwN4AAHAAgAAAAAAAyv4AAfsMsFpmCogaNInrOAl9x6M");

		Result read = read(code);
		assertThat(read.getText())
			.isEqualTo("https://invite.banqup.example/i/AQGZwN4AAHAAgAAAAAAAyv4AAfsMsFpmCogaNInrOAl9x6M");
		assertThat(read.getResultMetadata()).containsEntry(ResultMetadataType.ERROR_CORRECTION_LEVEL, "M");
	}

	@Test
	void readsBackWhateverTheLink() throws Exception {
		SecureRandom random = new SecureRandom();
		for (int i = 0; i < 300; i++) {
			byte[] token = new byte[35];
			random.nextBytes(token);
			String link = "https://" + "x".repeat(i % 60) + "banqup.example/i/"
					+ Base64.getUrlEncoder().withoutPadding().encodeToString(token);

			assertThat(readUpright(QrCode.of(link)).getText()).isEqualTo(link);
		}
	}

	@Test
	void isASmallPictureOfTwoColours() throws Exception {
		QrCode code = QrCode.of("https://invite.banqup.example/i/AQGZwN4AAHAAgAAAAAAAyv4AAfsMsFpmCogaNInrOAl9x6M");

		BufferedImage picture = picture(code);
		assertThat(code.png()).hasSizeLessThan(1024);
		assertThat(picture.getWidth()).isEqualTo(picture.getHeight()).isEqualTo(code.size());
		assertThat(picture.getColorModel().getPixelSize()).isEqualTo(1);
	}

	@Test
	void hasAQuietZoneOfFourModules() throws Exception {
		QrCode code = QrCode.of("https://invite.banqup.example/i/x");

		BufferedImage picture = picture(code);
		for (int i = 0; i < code.size(); i++) {
			for (int edge = 0; edge < 16; edge++) {
				assertThat(picture.getRGB(i, edge)).isEqualTo(0xFFFFFFFF);
				assertThat(picture.getRGB(edge, i)).isEqualTo(0xFFFFFFFF);
				assertThat(picture.getRGB(i, code.size() - 1 - edge)).isEqualTo(0xFFFFFFFF);
				assertThat(picture.getRGB(code.size() - 1 - edge, i)).isEqualTo(0xFFFFFFFF);
			}
		}
		assertThat(picture.getRGB(16, 16)).isEqualTo(0xFF000000);
	}

	@Test
	void refusesTextThatNoCodeHolds() {
		assertThatIllegalArgumentException().isThrownBy(() -> QrCode.of("x".repeat(3000)))
			.withMessage("no QR code holds 3000 characters");
	}

	static String textOf(byte[] png) throws Exception {
		return readUpright(new QrCode(png, 0)).getText();
	}

	private static Result read(QrCode code) throws Exception {
		return new QRCodeReader().decode(bitmap(code));
	}

	/** Without looking for the code in the picture, which this reader misses at times. */
	private static Result readUpright(QrCode code) throws Exception {
		return new QRCodeReader().decode(bitmap(code), Map.of(DecodeHintType.PURE_BARCODE, true));
	}

	private static BinaryBitmap bitmap(QrCode code) throws Exception {
		return new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(picture(code))));
	}

	private static BufferedImage picture(QrCode code) throws Exception {
		return ImageIO.read(new ByteArrayInputStream(code.png()));
	}

}
