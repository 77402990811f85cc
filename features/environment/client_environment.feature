# language: ja
機能: クライアント環境
  利用できるのは、四つのWindowsと、Microsoft Edgeの二つのモードの組み合わせだけである。ブラウザは、HomeとProの違いを名乗らない。

  ルール: 四つのWindowsのどれでも、Microsoft EdgeとそのIE モードを利用できる

    @ENV-01 @ENV-02
    シナリオアウトライン: <OS>の<ブラウザ>は利用できる
      前提 <OS>の「<ブラウザ>」で本システムにアクセスしている
      もし 画面の下の「ご利用環境」を開く
      ならば 「お使いのパソコンのOS」の欄に次の内容が表示される
        | 項目       | 値        |
        | お使いのOS | <OSの判定> |
      かつ 「OSとブラウザ」の欄に次の内容が表示される
        | 項目             | 値                 |
        | お使いのブラウザ | ご利用いただけます |
      かつ お使いの環境は「利用できる」と表示される

      例: Microsoft Edge
        | OS              | ブラウザ       | OSの判定                         |
        | Windows 10 Home | Microsoft Edge | ご利用いただけます（Windows 10） |
        | Windows 10 Pro  | Microsoft Edge | ご利用いただけます（Windows 10） |
        | Windows 11 Home | Microsoft Edge | ご利用いただけます（Windows 11） |
        | Windows 11 Pro  | Microsoft Edge | ご利用いただけます（Windows 11） |

      例: IE モードは、Windowsが10か11かを名乗らない
        | OS              | ブラウザ                    | OSの判定                                     |
        | Windows 10 Home | Microsoft Edge（IE モード） | ご利用いただけます（Windows 10 または Windows 11） |
        | Windows 10 Pro  | Microsoft Edge（IE モード） | ご利用いただけます（Windows 10 または Windows 11） |
        | Windows 11 Home | Microsoft Edge（IE モード） | ご利用いただけます（Windows 10 または Windows 11） |
        | Windows 11 Pro  | Microsoft Edge（IE モード） | ご利用いただけます（Windows 10 または Windows 11） |

  ルール: ほかのOSやブラウザには、利用できると確認できないことを知らせる

    @ENV-01 @ENV-02
    シナリオアウトライン: <OS>の<ブラウザ>には、利用できる環境を案内する
      前提 <OS>の「<ブラウザ>」で本システムにアクセスしている
      もし 画面の下の「ご利用環境」を開く
      ならば お使いの環境は「利用できると確認できない」と表示される

      例:
        | OS              | ブラウザ                       |
        | Windows 11 Home | Google Chrome                  |
        | Windows 8.1     | Microsoft Edge                 |
        | macOS           | Safari                         |
        | Android         | スマートフォンのMicrosoft Edge |
